import { Exhausted } from './failure.ts';
import { isArray, Opaque, type OwnArray, type Value } from './value.ts';

/** How much one evaluation may use; whatever the expression, it ends within these. */
export interface Budget {
  /** Calls, iterations and values looked at. Ten million take about a second. */
  readonly steps: number;
  /** Nesting of evaluated expressions through function calls. */
  readonly depth: number;
  /** Array items and characters made on the way, and values in the result. */
  readonly size: number;
}

export const DEFAULT_BUDGET: Budget = { steps: 20_000_000, depth: 1_500, size: 50_000_000 };

/** Where an expression takes from what is not in it. */
export interface Environment {
  /** The instant of `$now()` and `$millis()`, in milliseconds of the epoch; asked once per evaluation. */
  now(): number;
  /** A number from 0 up to 1, for `$random()` and `$shuffle()`. */
  random(): number;
  /** A UUID of version 4. */
  uuid(): string;
}

/** One evaluation: what is left of its budget, and what it has made so far. */
export class Run {
  readonly environment: Environment;
  readonly variables: (name: string) => Value;
  readonly maxDepth: number;
  depth = 0;
  /** Items put into arrays and objects: enough of them can share values into something enormous. */
  built = 0;
  /** The result may hold what JSON cannot say, or flags: it must be gone through. */
  mustInspect = false;
  private steps: number;
  private size: number;
  private instant: number | undefined;

  constructor(environment: Environment, variables: (name: string) => Value, budget: Budget) {
    this.environment = environment;
    this.variables = variables;
    this.maxDepth = budget.depth;
    this.steps = budget.steps;
    this.size = budget.size;
  }

  now(): number {
    this.instant ??= this.environment.now();
    return this.instant;
  }

  step(): void {
    if (--this.steps < 0) throw new Exhausted('steps');
  }

  /** Accounts for work on `count` values or characters at once. */
  work(count: number): void {
    this.steps -= count;
    if (this.steps < 0) throw new Exhausted('steps');
  }

  /** Accounts for `count` items or characters about to be made. */
  allocate(count: number): void {
    this.size -= count;
    if (!(this.size >= 0)) throw new Exhausted('size');
  }

  checkText(length: number): void {
    if (length > MAX_TEXT || length > this.size) throw new Exhausted('size');
  }

  /** Puts a value into a container of ours. */
  push(array: OwnArray, value: Value): void {
    this.noteStored(value);
    array.push(value);
  }

  noteStored(value: Value): void {
    if (++this.built > this.size) throw new Exhausted('size');
    if (value === undefined) this.mustInspect = true;
    else if (typeof value === 'object' && value !== null) {
      if (isArray(value) ? value.flags !== undefined : value instanceof Opaque) this.mustInspect = true;
    }
  }
}

/** No single text may grow beyond this, whatever the budget: JavaScript ends near 2^29. */
const MAX_TEXT = 2 ** 28;
