import { jsonataMessage } from '#core/expressions/jsonata/messages.ts';
import { Opaque, type Value } from './value.ts';

export interface FailureFields {
  readonly value?: Value;
  readonly value2?: Value;
  readonly index?: number;
  readonly type?: string;
  readonly exp?: Value;
  readonly message?: string;
  readonly functionName?: string;
  readonly token?: string;
}

/**
 * An error of the expression, with the code the `jsonata` package gives it. Thrown inside the
 * evaluator only, where every operation would otherwise have to hand it on; `evaluateJsonata`
 * catches it and returns it as a value.
 */
export class Failure {
  readonly code: string;
  /** The operator or function that failed; set by the innermost that knows it. */
  token: string | undefined;
  private readonly fields: FailureFields;

  constructor(code: string, fields: FailureFields = {}) {
    this.code = code;
    this.token = fields.token;
    this.fields = fields;
  }

  get message(): string {
    const { value, value2 } = this.fields;
    return jsonataMessage(this.code, {
      ...this.fields,
      value: shown(value),
      value2: shown(value2),
      token: this.token,
    });
  }
}

const TOO_MUCH = '… too much to show';

/** A value for a message: as JSON, when that is not endless. */
function shown(value: Value): unknown {
  return fits(value, { left: 10_000 }, 0) ? value : TOO_MUCH;
}

/** Whether a value has no more than so many parts and can be walked; functions cannot. */
function fits(value: Value, parts: { left: number }, nesting: number): boolean {
  if (--parts.left < 0 || nesting > 100) return false;
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Opaque) return false;
  return Object.values(value).every(part => fits(part, parts, nesting + 1));
}

export type Resource = 'steps' | 'depth' | 'size';

/**
 * The evaluation used up its budget. Thrown and caught like `Failure`.
 *
 * Step Functions bounds evaluations too and words it so.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export class Exhausted {
  readonly resource: Resource;

  constructor(resource: Resource) {
    this.resource = resource;
  }

  get message(): string {
    switch (this.resource) {
      case 'steps':
        return 'Expression evaluation timeout: Check for infinite loop';
      case 'depth':
        return 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.';
      case 'size':
        return 'Expression evaluation memory limit exceeded: Check for excessive memory usage';
    }
  }
}
