import { Exhausted } from './failure.ts';
import { isArray, Opaque, type OwnArray, type Value } from './value.ts';

/** How much one evaluation may use; whatever the expression, it ends within these. */
export interface Budget {
  /** Calls, iterations and values looked at. Twenty million take about a second. */
  readonly steps: number;
  /** How deep evaluated expressions may be nested, by their text and by calls. */
  readonly depth: number;
  /** What one value may hold: a character counts as one byte, an item of an array as eight. */
  readonly bytes: number;
  /** Characters and items made on the way, all together. */
  readonly size: number;
}

/**
 * Depth and bytes are where Step Functions draws the line: it accepts `1+1+…+1` with 100 terms,
 * `[1..873782]` and a text of 2^22 characters, and no more. It stops after a second, as 20 million
 * steps do.
 */
export const DEFAULT_BUDGET: Budget = { steps: 20_000_000, depth: 100, bytes: 6_990_256, size: 50_000_000 };

/** Steps that many evaluations share; each takes its own from them. */
export interface Allowance {
  steps: number;
}

/** What one evaluation may use of an allowance: a small part, so that a slow expression leaves some to others. */
export function budgetOf({ steps }: Allowance): Budget {
  return { steps: Math.min(50_000, Math.max(0, steps)), depth: 100, bytes: 1_000_000, size: 500_000 };
}

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
  /** Calls of built-in functions within each other. */
  nesting = 0;
  /** Items put into arrays and objects: enough of them can share values into something enormous. */
  built = 0;
  /** The result may hold what JSON cannot say, or flags: it must be gone through. */
  mustInspect = false;
  private steps: number;
  private size: number;
  private readonly bytes: number;
  private instant: number | undefined;

  constructor(environment: Environment, variables: (name: string) => Value, budget: Budget) {
    this.environment = environment;
    this.variables = variables;
    this.maxDepth = budget.depth;
    this.steps = budget.steps;
    this.size = budget.size;
    this.bytes = budget.bytes;
  }

  get stepsLeft(): number {
    return this.steps;
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

  /** Nothing may be nested deeper than the budget says: `height` more levels are to come at `level`. */
  descend(level: number, height: number): void {
    if (this.depth + level + height - 1 > this.maxDepth) throw new Exhausted('depth');
  }

  /** Accounts for a text about to be one value. */
  checkText(length: number): void {
    if (!(length <= this.bytes)) throw new Exhausted('size');
  }

  /** Accounts for an array of so many items about to be one value. */
  checkItems(count: number, bytesEach = 8): void {
    if (!(count * bytesEach <= this.bytes)) throw new Exhausted('size');
  }

  /** Puts a value into a container of ours. */
  push(array: OwnArray, value: Value): void {
    this.noteStored(value);
    if (array.length * 8 >= this.bytes) throw new Exhausted('size');
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
