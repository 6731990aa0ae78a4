import type { Json } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import type { Compiler } from '../compiler.ts';
import { numberField } from '../dataFlow.ts';
import type { Expression } from '../expression.ts';
import { fail } from '../flow.ts';
import { batchesOf, batchOf } from '../items/batches.ts';
import type { Stage } from '../program.ts';
import { goOn, type Run, type Working } from '../run.ts';
import { Failure } from '../statesError.ts';
import { selectedItem } from './map.ts';

/** How items are put together: the fields of an ItemBatcher, compiled. */
export interface ItemBatcher {
  readonly input: Expression | undefined;
  readonly items: ((run: Run, strand: Working) => number | Failure) | undefined;
  readonly bytes: ((run: Run, strand: Working) => number | Failure) | undefined;
}

export function itemBatcher(compiler: Compiler, state: MapState): ItemBatcher | undefined {
  const node = compiler.object(state.node, 'ItemBatcher');
  if (!node) return undefined;
  const { queryLanguage } = state;
  return {
    input:
      queryLanguage === 'JSONata'
        ? compiler.jsonata(node, 'BatchInput', 'ItemBatcher/BatchInput')
        : compiler.template(node, 'BatchInput'),
    items: numberField(compiler, queryLanguage, node, 'MaxItemsPerBatch'),
    bytes: numberField(compiler, queryLanguage, node, 'MaxInputBytesPerBatch'),
  };
}

/** The stage that makes batches of the selected items; each is what one child gets. */
export function itemBatching(batcher: ItemBatcher, selector: Expression | undefined): Stage {
  return {
    name: 'afterItemBatcher',
    perform(run, strand) {
      const { fork } = strand;
      if (!fork?.run) throw new Error('bug: there is no Map Run');
      const items: Json[] = [];
      for (let index = 0; index < fork.items.length; index++) {
        const item = selectedItem(run, strand, fork, index, selector);
        if (item instanceof Failure) return fail(run, strand, item);
        items.push(item);
      }
      const input = batcher.input?.(run.bind(strand, strand.data));
      if (input instanceof Failure) return fail(run, strand, input);
      const most = batcher.items?.(run, strand);
      if (most instanceof Failure) return fail(run, strand, most);
      const bytes = batcher.bytes?.(run, strand);
      if (bytes instanceof Failure) return fail(run, strand, bytes);
      const batches = batchesOf(items, input, { items: most, bytes });
      strand.fork = {
        ...fork,
        items: batches.map(values => batchOf(values, input)),
        keys: undefined,
        run: { ...fork.run, items: items.length, batchSizes: batches.map(values => values.length) },
      };
      return goOn;
    },
  };
}
