import { describe, expect, test } from 'vitest';
import { hasData } from './data.ts';
import { replay, replayCases } from './replay.ts';

/** What cannot run to its end from what was recorded, and why. */
const exceptions: Readonly<Record<string, string>> = {
  // The children of a distributed Map have histories of their own, which were not recorded: the user is asked.
  'scenarios/base_scenarios::test_map_state_config_distributed_reentrant_lambda': 'asked',
  // Only the beginning was recorded: the debugger stops where the history ends.
  'scenarios/base_scenarios::test_max_concurrency_path_negative': 'unfinished',
  // The recording has a stand-in for an ARN that the definition spells out.
  'services/aws_sdk_task_service::test_sfn_start_execution_implicit_json_serialisation': 'diverged',
  // The objects of a folder have no ETags as S3 made them.
  'scenarios/base_scenarios::test_map_item_reader_base_list_objects_v2': 'diverged',
};

describe.skipIf(!hasData('executions', 'cases'))('recorded executions', () => {
  test('every history of AWS is repeated without divergence', async () => {
    const cases = replayCases();
    const ends = await Promise.all(cases.map(async each => ({ id: each.id, ...(await replay(each)) })));
    const others = ends.filter(({ id, end }) => end !== (exceptions[id] ?? 'finished'));
    expect(others).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  }, 120_000);
});
