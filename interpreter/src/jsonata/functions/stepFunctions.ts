import { hash, isHashAlgorithm } from '#interpreter/hash/hash.ts';
import { JavaRandom } from '#interpreter/javaRandom.ts';
import { Failure } from '../failure.ts';
import { isArray, type OwnArray, type Value } from '../value.ts';
import { integerOf, type Functions } from './functions.ts';

/**
 * What Step Functions adds to JSONata. How it words their errors is not recorded; ours have codes
 * and words of their own.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const stepFunctionsFunctions = {
  partition: ([items, size], run) => {
    if (!isArray(items)) return undefined;
    const length = integerOf(size);
    if (length === undefined || length < 1) throw refused('partition', 'The size must be a positive number');
    const parts: OwnArray = [];
    for (let start = 0; start < items.length; start += length) {
      run.work(length);
      run.allocate(length);
      run.push(parts, items.slice(start, start + length));
    }
    return parts;
  },
  range: ([first, last, step], run) => {
    const from = integerOf(first);
    const to = integerOf(last);
    const by = integerOf(step);
    if (from === undefined || to === undefined || by === undefined) return undefined;
    if (by === 0) throw refused('range', 'The step must not be 0');
    const count = Math.max(0, Math.floor((to - from) / by) + 1);
    run.allocate(count);
    run.work(count);
    run.built += count;
    const numbers = Array.from({ length: count }, (_, index) => from + index * by);
    return numbers.length === 1 ? numbers[0] : numbers;
  },
  hash: ([text, algorithm], run) => {
    if (typeof text !== 'string') return undefined;
    if (typeof algorithm !== 'string' || !isHashAlgorithm(algorithm)) {
      throw refused('hash', 'The algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512');
    }
    run.work(text.length);
    return hash(text, algorithm);
  },
  random: ([seed], run) =>
    typeof seed === 'number' ? new JavaRandom(Math.floor(seed)).nextDouble() : run.environment.random(),
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

function refused(name: string, reason: string): Failure {
  return new Failure('D3137', { message: `${reason} in function $${name}` });
}
