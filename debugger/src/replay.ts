import type { Json, JsonObject } from '#core/json.ts';
import { say, type Message, type Words } from '#core/text/message.ts';
import { strandsOf } from '#interpreter/advance.ts';
import { contextObject } from '#interpreter/contextObject.ts';
import type { Start } from '#interpreter/begin.ts';
import { edited, type Edit } from '#interpreter/edit.ts';
import type { Answer } from '#interpreter/host.ts';
import type { Prepared } from '#interpreter/prepare.ts';
import type { Program } from '#interpreter/program.ts';
import type { FailedAs, Request, TaskRequest } from '#interpreter/request.ts';
import type { Outcome, Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import type { StatesError } from '#interpreter/statesError.ts';
import { at } from '#interpreter/table.ts';
import { factOf, read, readHistory, StrandFinder, type HistoryFact } from './history.ts';
import type { Recording } from './recording.ts';
import { differenceOf, type Identity } from './resembles.ts';
import type { Turns } from './stepping.ts';
import { enclosuresOf } from './strands.ts';

/** Where the recording leads no further. */
export interface Departure {
  /** The execution goes another way than the recorded one; or that was still running, and no more is known. */
  readonly kind: 'diverged' | 'unfinished';
  readonly strand: StrandPath;
  readonly text: Message;
}

/** A state drew a random value: the recorded one takes its place. */
interface Chance {
  readonly kind: 'chance';
  readonly strand: StrandPath;
  readonly data: Json | undefined;
  readonly assigned: JsonObject | undefined;
}

/**
 * Reads a history as GetExecutionHistory gives it, for a definition: its input, the answers of its tasks,
 * and the order of everything.
 */
export function replayOf(history: Json, program: Program): Prepared<Replay> {
  const facts = readHistory(history);
  if (!facts)
    return {
      kind: 'refused',
      reason: say`This is no execution history: {"events": [{"id": 1, "type": "ExecutionStarted", …}]} is expected.`,
    };
  const [first] = facts;
  if (first?.type !== 'ExecutionStarted')
    return { kind: 'refused', reason: say`The history does not begin with ExecutionStarted.` };
  return { kind: 'ready', value: new Replay(first, facts, program) };
}

/** A recorded execution that is repeated: it answers the tasks, and says where the repetition departs from it. */
export class Replay {
  readonly start: Start;
  readonly #program: Program;
  /** The recorded events by strand. */
  readonly #recorded = new Map<StrandPath, readonly HistoryFact[]>();
  /** How many of them the repetition has made. */
  #made = new Map<StrandPath, number>();
  /** The distributed Maps of which some children's results are not known. */
  readonly #guessed = new Set<StrandPath>();
  #finder: StrandFinder;
  /** Up to which moment of the repetition its events are compared. */
  #position = -1;
  /** From this moment on the execution is its own: the user has changed it, or it has diverged. */
  #left = Infinity;
  readonly #end: HistoryFact | undefined;

  constructor(first: HistoryFact, facts: readonly HistoryFact[], program: Program) {
    this.#program = program;
    this.#finder = new StrandFinder(program);
    const { roleArn } = first.details;
    const region = regionIn(facts);
    this.start = {
      input: read(first.details['input']) ?? {},
      ...(typeof roleArn === 'string' && { roleArn }),
      ...(typeof roleArn === 'string' && { accountId: roleArn.split(':')[4] ?? '123456789012' }),
      ...(region !== undefined && { region }),
      ...(first.time > 0 && { startTime: first.time }),
    };
    const finder = new StrandFinder(program);
    const byStrand = new Map<StrandPath, HistoryFact[]>();
    for (const fact of facts) {
      const path = finder.pathOf(fact);
      const known = byStrand.get(path);
      if (known) known.push(fact);
      else byStrand.set(path, [fact]);
    }
    for (const [path, list] of byStrand) this.#recorded.set(path, list);
    this.#end = facts.at(-1);
  }

  /** The strand whose recorded events come next, or that a reply must come first; nothing where it does not matter. */
  next(recording: Recording): Turns | undefined {
    if (!this.#follows(recording)) return undefined;
    this.#catchUp(recording);
    const strand = this.#first(strandsOf(recording.snapshot));
    if (!strand) return undefined;
    return strand.status === 'ready' ? { kind: 'strand', path: strand.path } : { kind: 'reply' };
  }

  /** Of the open requests the one that was answered first; timers included. */
  choose(requests: readonly Request[], snapshot: Snapshot): Request | undefined {
    const strands = strandsOf(snapshot).filter(({ waiting }) =>
      requests.some(({ id }) => id === waiting?.id),
    );
    return this.#first(strands)?.waiting;
  }

  /** What the call was answered; nothing where the recording knows of no such call. */
  answer(request: TaskRequest): Answer | undefined {
    const facts = this.#recorded.get(request.strand) ?? [];
    let submitted: Json | undefined;
    let workerName: string | undefined;
    for (const fact of facts.slice(this.#made.get(request.strand) ?? 0)) {
      const { type, details } = fact;
      const progress = { submitted, workerName };
      if (type === 'TaskSubmitted') submitted = read(details['output']) ?? null;
      else if (type === 'ActivityStarted')
        workerName = typeof details['workerName'] === 'string' ? details['workerName'] : undefined;
      else if (/^(?:Task|LambdaFunction|Activity)Succeeded$/.test(type))
        return { ...progress, kind: 'succeeded', output: read(details['output']) ?? null };
      else if (/^(?:Task|LambdaFunction|Activity).*(?:Failed|TimedOut)$/.test(type))
        return { ...progress, ...failureIn(type, fact) };
      else if (!/^(?:Task|LambdaFunction|Activity)(?:Started|Scheduled)$/.test(type))
        return { ...progress, kind: 'silent' };
    }
    return facts.length === 0 ? undefined : { kind: 'silent', submitted, workerName };
  }

  /**
   * How the child of a distributed Map ended: it has a history of its own, but the Map's tells what became
   * of the Map Run, and often the result of each child.
   */
  outcomeAround({ strand, within }: TaskRequest): Outcome | undefined {
    const depth = within.findIndex(({ kind }) => kind === 'child');
    const child = enclosuresOf(strand)[depth];
    if (!child) return undefined;
    const facts = (this.#recorded.get(child.outer) ?? []).slice(this.#made.get(child.outer) ?? 0);
    const end = facts.find(({ type }) => type === 'MapRunSucceeded' || type === 'MapRunFailed');
    if (!end) return undefined;
    this.#guessed.add(child.outer);
    if (end.type === 'MapRunFailed')
      return { status: 'FAILED', error: 'States.TaskFailed', cause: 'The Map Run has failed.' };
    const results = facts.find(({ type }) => type === 'MapStateExited')?.data;
    return {
      status: 'SUCCEEDED',
      output: (Array.isArray(results) ? results[child.index] : undefined) ?? null,
    };
  }

  /** Compares the events of the present moment with the recorded ones, and takes over what was drawn by chance. */
  follow(recording: Recording): Departure | undefined {
    if (!this.#follows(recording)) return undefined;
    const found = this.#catchUp(recording);
    if (found?.kind === 'chance') {
      adopt(found, recording);
      return undefined;
    }
    if (found) this.#left = recording.position;
    return found;
  }

  /** The execution goes its own way from here on. */
  leave(recording: Recording): void {
    this.#left = Math.min(this.#left, recording.position);
  }

  /** StopExecution, where the recording has come to it: nothing else is recorded of any strand. */
  stop(snapshot: Snapshot): StatesError | undefined {
    if (this.#end?.type !== 'ExecutionAborted' || this.#first(strandsOf(snapshot))) return undefined;
    const { error, cause } = this.#end.details;
    return {
      error: typeof error === 'string' ? error : undefined,
      cause: typeof cause === 'string' ? cause : undefined,
    };
  }

  #follows({ position }: Recording): boolean {
    return position < this.#left;
  }

  #catchUp(recording: Recording): Departure | Chance | undefined {
    if (recording.position < this.#position) {
      this.#position = -1;
      this.#made = new Map();
      this.#finder = new StrandFinder(this.#program);
    }
    let found: Departure | Chance | undefined;
    while (this.#position < recording.position) {
      this.#position++;
      for (const event of recording.at(this.#position).events) {
        if (event.execution !== 0) continue;
        const next = this.#compare(factOf(event), recording);
        if (!found || found.kind === 'chance') found = next ?? found;
      }
    }
    return found;
  }

  #compare(own: HistoryFact, recording: Recording): Departure | Chance | undefined {
    const strand = this.#finder.pathOf(own);
    const index = this.#made.get(strand) ?? 0;
    this.#made.set(strand, index + 1);
    const recorded = this.#recorded.get(strand)?.[index];
    if (!recorded && !/^Execution(?:Succeeded|Failed|Aborted|TimedOut)$/.test(this.#end?.type ?? ''))
      return {
        kind: 'unfinished',
        strand,
        text: say`The recorded execution was still running: here its history ends.`,
      };
    if (!recorded)
      return {
        kind: 'diverged',
        strand,
        text: say`${titleOf(own)} was not recorded: nothing more happened there.`,
      };
    const text = this.#difference(recorded, own, recording);
    if (text === undefined) return undefined;
    const { data, assigned } = recorded;
    return recorded.type === own.type && (this.#guessed.has(strand) || this.#drawsLots(own, recording))
      ? { kind: 'chance', strand, data, assigned }
      : { kind: 'diverged', strand, text };
  }

  /**
   * Whether a state that was left asks for what a history does not hold: time, chance, the tags of a
   * bucket's objects.
   */
  #drawsLots({ type, name }: HistoryFact, { definition }: Recording): boolean {
    if (!type.endsWith('StateExited')) return false;
    const state = definition.main.analysis.machine.states.find(each => each.name === name);
    if (!state) return false;
    const { start, end } = state.node;
    return /States\.(?:UUID|MathRandom)\b|\$(?:random|uuid|shuffle|now|millis)\b|\bs3:listObjectsV2\b/.test(
      definition.main.text.slice(start, end),
    );
  }

  #difference(recorded: HistoryFact, own: HistoryFact, recording: Recording): Message | undefined {
    if (recorded.type !== own.type || recorded.name !== own.name || recorded.index !== own.index)
      return say`${titleOf(recorded)} was recorded (event ${recorded.id}), and now comes ${titleOf(own)}.`;
    const identity = this.#identity(recording);
    const differ = (before: Json | undefined, now: Json | undefined): Message | undefined =>
      before === undefined ? undefined : differenceOf(before, now ?? null, identity);
    const title = titleOf(own);
    const data = differ(recorded.data, own.data);
    if (data) return say`The data of ${title} are others than recorded (event ${recorded.id}): ${data}.`;
    const assigned = differ(recorded.assigned, recorded.assigned && own.assigned);
    if (assigned)
      return say`The assigned variables of ${title} are others than recorded (event ${recorded.id}): ${assigned}.`;
    const error = differ(recorded.details['error'], own.details['error']);
    if (error) return say`The error of ${title} is another than recorded (event ${recorded.id}): ${error}.`;
    const parameters = differ(read(recorded.details['parameters']), own.details['parameters']);
    return (
      parameters &&
      say`The parameters of ${title} are others than recorded (event ${recorded.id}): ${parameters}.`
    );
  }

  #identity({ snapshot, program }: Recording): Identity {
    const execution = at(snapshot.executions, 0);
    if (!execution) return { inside: [], whole: [] };
    const { arn, name, stateMachineArn, stateMachineName, startTime } = execution;
    const tokens = strandsOf(snapshot).flatMap(strand => {
      const { State } = contextObject(program, execution, strand);
      const entered = (State as { readonly EnteredTime?: string }).EnteredTime ?? '';
      return strand.token === undefined ? [entered] : [entered, strand.token];
    });
    return {
      inside: [arn, stateMachineArn, new Date(startTime).toISOString(), ...tokens],
      whole: [name, stateMachineName],
    };
  }

  /** The strand whose next recorded event is the oldest; none where nothing more is recorded of any. */
  #first(strands: readonly Strand[]): Strand | undefined {
    let first: Strand | undefined;
    let lowest = Infinity;
    for (const strand of strands) {
      if (strand.status === 'forked') continue;
      const next = this.#recorded.get(strand.path)?.[this.#made.get(strand.path) ?? 0];
      if (!next || next.type.endsWith('Aborted')) continue;
      if (next.id < lowest) {
        lowest = next.id;
        first = strand;
      }
    }
    return first;
  }
}

function failureIn(
  type: string,
  { details }: HistoryFact,
): {
  readonly kind: 'failed';
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly as?: FailedAs;
} {
  const [, as] = /(StartFailed|SubmitFailed|ScheduleFailed|TimedOut)$/.exec(type) ?? [];
  const text = (value: Json | undefined): string | undefined =>
    value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  return {
    kind: 'failed',
    error: text(details['error']),
    cause: text(details['cause']),
    ...(as !== undefined && { as: as as FailedAs }),
  };
}

function titleOf({ type, name, index }: HistoryFact): Words {
  const title = name === undefined ? type : `${type} '${name}'`;
  return index === undefined ? title : say`${title} (iteration ${index})`;
}

/** The region that the history's own events name. */
function regionIn(facts: readonly HistoryFact[]): string | undefined {
  for (const { details } of facts) if (typeof details['region'] === 'string') return details['region'];
  return undefined;
}

/** Puts recorded values in the place of those that the repetition drew. */
function adopt({ strand, data, assigned }: Chance, recording: Recording): void {
  let { snapshot } = recording;
  const put = (edit: Edit): void => {
    snapshot = edited(recording.program, snapshot, strand, edit) ?? snapshot;
  };
  if (data !== undefined) put({ kind: 'input', value: data });
  for (const [name, value] of Object.entries(assigned ?? {})) put({ kind: 'variable', name, value });
  if (snapshot !== recording.snapshot) recording.edit(snapshot);
}
