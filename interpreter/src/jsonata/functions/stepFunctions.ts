import { hash, isHashAlgorithm } from '#interpreter/hash/hash.ts';
import { JavaRandom } from '#interpreter/javaRandom.ts';
import { Failure } from '../failure.ts';
import { DEFAULT_BUDGET } from '../run.ts';
import { isArray, type OwnArray, type Value } from '../value.ts';
import { integerOf, type Functions } from './functions.ts';

/**
 * What Step Functions adds to JSONata. Most of what makes no sense (a size or a step of 0, a step in
 * the wrong direction, an empty array) has no value there and is no error by itself. How it words the
 * errors is not recorded; ours have words of their own.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const stepFunctionsFunctions = {
  partition: ([items, size], run) => {
    const length = integerOf(size);
    if (!isArray(items) || items.length === 0 || length === undefined || length === 0) return undefined;
    if (length < 0) throw refused('partition', 'The size must be positive');
    const parts: OwnArray = [];
    for (let start = 0; start < items.length; start += length) {
      const part = items.slice(start, start + length);
      run.work(part.length);
      run.allocate(part.length);
      run.push(parts, part);
    }
    return parts;
  },
  range: ([first, last, step], run) => {
    const from = integerOf(first);
    const to = integerOf(last);
    const by = integerOf(step);
    if (from === undefined || to === undefined || by === undefined) return undefined;
    const count = Math.floor((to - from) / by) + 1;
    if (!(count > 0) || by === 0) return undefined;
    run.checkItems(count, RANGE_ITEM_BYTES);
    run.allocate(count);
    run.work(count);
    run.built += count;
    const numbers = Array.from({ length: count }, (_, index) => from + index * by);
    return numbers.length === 1 ? numbers[0] : numbers;
  },
  hash: ([text, algorithm], run) => {
    if (typeof text !== 'string' || algorithm === undefined) return undefined;
    if (typeof algorithm !== 'string' || !isHashAlgorithm(algorithm)) {
      throw refused('hash', 'The algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512');
    }
    run.work(text.length);
    return hash(text, algorithm);
  },
  random: ([seed], run) =>
    typeof seed === 'number' ? new JavaRandom(Math.trunc(seed)).nextDouble() : run.environment.random(),
  uuid: (_, run) => run.environment.uuid(),
  parse: ([text], run) => {
    if (typeof text !== 'string') return undefined;
    run.work(text.length);
    run.allocate(text.length);
    try {
      const value: Value = JSON.parse(text);
      run.built += text.length;
      return value;
    } catch (error) {
      if (error instanceof SyntaxError) throw refused('parse', 'The text is not JSON');
      throw error;
    }
  },
} satisfies Functions;

/** Step Functions makes 360,145 numbers at most. */
const RANGE_ITEM_BYTES = DEFAULT_BUDGET.bytes / 360_145;

function refused(name: string, reason: string): Failure {
  return new Failure('D3137', { message: `${reason} in function $${name}` });
}
