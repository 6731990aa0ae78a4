import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { MapState } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { expressionText, unexpectedType, type Compiler } from '../compiler.ts';
import { atLeast, entering, fromResult, inputPath, numberField, type NumberField } from '../dataFlow.ts';
import type { Expression } from '../expression.ts';
import { abortStrands, fail } from '../flow.ts';
import { countStarted, failFork, hold, join, keepResult, newFork, spawnChild } from '../fork.ts';
import type { CompiledState, Stage } from '../program.ts';
import { goOn, parked, type Run, type Working } from '../run.ts';
import type { Fork } from '../snapshot.ts';
import { Failure, queryFailure, runtimeFailure } from '../statesError.ts';

/** Most iterations of an inline Map that AWS runs at once. */
const mostAtOnce = 40;

/**
 * An inline Map state runs its processor once for each item of an array.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
 */
export function inlineMap(
  compiler: Compiler,
  state: MapState,
): { stages: Stage[]; childEnded: NonNullable<CompiledState['childEnded']> } {
  const selector = itemSelector(compiler, state);
  const concurrency = concurrencyOf(compiler, state);

  /** Starts as many iterations as may run. Whether the state is still at work. */
  const launch = (run: Run, parent: Working): boolean => {
    const scope = state.processor && run.program.scopes.get(state.processor.pointer);
    if (!scope) throw new Error(`bug: ${state.pointer} has no processor`);
    for (;;) {
      const { fork } = parent;
      if (!fork) return false;
      if (fork.started === fork.length || fork.running >= fork.concurrency) return true;
      const index = fork.started;
      const input = selectedItem(run, parent, fork, index, selector);
      if (input instanceof Failure) {
        abortStrands(run, parent, 'noted');
        fail(run, parent, input);
        return false;
      }
      countStarted(run, parent);
      const strand = spawnChild(run, parent, 'iteration', index, scope, input, parent.execution);
      strand.item = itemAt(fork, index);
      run.happened(strand, 'MapIterationStarted', { name: state.name, index }, fork.after);
    }
  };

  return {
    stages: [
      entering('MapStateEntered', state.name),
      ...inputPath(compiler, state),
      ...itemsPath(compiler, state),
      {
        name: 'map',
        perform(run, strand, compiled) {
          const items = itemsOf(state, strand);
          if (items instanceof Failure) return fail(run, strand, items);
          const most = concurrency?.(run, strand) ?? 0;
          if (most instanceof Failure) return fail(run, strand, most);
          const started = run.happened(strand, 'MapStateStarted', { length: items.length });
          strand.result = undefined;
          if (items.length === 0) {
            strand.fork = newFork('map', items, 0);
            join(run, strand, compiled, started);
            return compiled;
          }
          strand.fork = {
            ...newFork('map', items, items.length),
            maxConcurrency: most,
            concurrency: most === 0 ? mostAtOnce : Math.min(most, mostAtOnce),
            after: started,
          };
          hold(run, strand);
          launch(run, strand);
          return parked;
        },
      },
      ...fromResult(compiler, state),
    ],
    childEnded(run, parent, strand, outcome) {
      const last = strand.lastEvent;
      const details = { name: state.name, index: strand.index };
      if (outcome.status !== 'SUCCEEDED') {
        run.happened(strand, 'MapIterationFailed', details);
        run.remove(strand.id);
        failFork(run, parent, outcome, last);
        return;
      }
      const succeeded = run.happened(strand, 'MapIterationSucceeded', details);
      run.remove(strand.id);
      const fork = keepResult(run, parent, strand.index, outcome.output, last);
      if (fork.ended === fork.length) join(run, parent, run.stateOf(parent), succeeded);
      else launch(run, parent);
    },
  };
}

/** How many may run at once. AWS lets a negative number at a path pass, and never begins. */
export function concurrencyOf(compiler: Compiler, state: MapState): NumberField | undefined {
  const { queryLanguage, node } = state;
  const concurrency = numberField(compiler, queryLanguage, node, 'MaxConcurrency');
  return queryLanguage === 'JSONata' ? atLeast(0, queryLanguage, 'MaxConcurrency', concurrency) : concurrency;
}

/** What each iteration works on; the older name of the field is Parameters. */
export function itemSelector(compiler: Compiler, state: MapState): Expression | undefined {
  const name = propertyOf(state.node, 'ItemSelector') ? 'ItemSelector' : 'Parameters';
  return state.queryLanguage === 'JSONata'
    ? compiler.jsonata(state.node, 'ItemSelector')
    : compiler.template(state.node, name);
}

/** What the iteration of that index works on. */
export function selectedItem(
  run: Run,
  parent: Working,
  fork: Fork,
  index: number,
  selector: Expression | undefined,
): Json | Failure {
  if (!selector) return fork.items[index] ?? null;
  const outer = parent.item;
  parent.item = itemAt(fork, index);
  const input = selector(run.bind(parent, parent.data));
  parent.item = outer;
  return input;
}

/** `$$.Map.Item`. */
function itemAt({ items, keys, source }: Fork, index: number): JsonObject {
  const key = keys?.[index];
  const place = { Index: index, Value: items[index] ?? null };
  return key === undefined ? { ...place, Source: source } : { ...place, Key: key, Source: source };
}

/** ItemsPath or Items: the array, kept as the strand's result until the iterations begin. */
export function itemsPath(compiler: Compiler, state: MapState): Stage[] {
  if (state.queryLanguage === 'JSONata') return [jsonataItems(compiler, state)];
  const items = compiler.path(state.node, 'ItemsPath');
  if (!items) return [];
  return [
    {
      name: 'afterItemsPath',
      perform(run, strand) {
        const value = items(run.bind(strand, strand.data));
        if (value instanceof Failure) return fail(run, strand, value);
        strand.result = value;
        return goOn;
      },
    },
  ];
}

/** Items, or else the input. A distributed Map takes an object too. */
function jsonataItems(compiler: Compiler, state: MapState): Stage {
  const node = valueOf(state.node, 'Items');
  const items = compiler.jsonata(state.node, 'Items');
  const source = node?.kind === 'string' ? (expressionText(node.value) ?? '') : '';
  const isIterable = (value: Json): boolean =>
    Array.isArray(value) || (state.isDistributed && isJsonObject(value));
  return {
    name: 'afterItemsPath',
    perform(run, strand) {
      const value = items ? items(run.bind(strand, strand.data)) : strand.data;
      if (!(value instanceof Failure) && isIterable(value)) {
        strand.result = value;
        return goOn;
      }
      // AWS records the failure of the Map although no iteration has begun.
      strand.fork = newFork('map', [], 0);
      if (value instanceof Failure) return fail(run, strand, value);
      return fail(
        run,
        strand,
        items
          ? unexpectedType(source, 'Items', 'array', value)
          : queryFailure(`Map state input must be an array but was: ${JSON.stringify(value)}`, undefined),
      );
    },
  };
}

/** What ItemsPath or Items gave, or else the effective input. */
export function itemsGiven(strand: Working): Json {
  return strand.result === undefined ? strand.data : strand.result;
}

/** The array that a Map iterates over. */
export function itemsOf(state: MapState, strand: Working): readonly Json[] | Failure {
  const value = itemsGiven(strand);
  if (Array.isArray(value)) return value as readonly Json[];
  const path = valueOf(state.node, 'ItemsPath');
  const place = path?.kind === 'string' ? path.value : '$';
  return runtimeFailure(`Reference path "${place}" must point to array.`);
}
