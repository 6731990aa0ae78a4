import {
  arrayContains,
  arrayGetItem,
  arrayLength,
  arrayOf,
  arrayPartition,
  arrayRange,
  arrayUnique,
} from './arrays.ts';
import { base64Decode, base64Encode, hash } from './encoding.ts';
import type { IntrinsicImplementation } from './function.ts';
import { jsonMerge, jsonToString, stringToJson } from './json.ts';
import { mathAdd, mathRandom, uuid } from './mathematics.ts';
import { format, stringSplit } from './strings.ts';

/** What each function of the table in `core/language/intrinsics.ts` does. */
export const implementations: ReadonlyMap<string, IntrinsicImplementation> = new Map([
  ['States.Array', arrayOf],
  ['States.ArrayContains', arrayContains],
  ['States.ArrayGetItem', arrayGetItem],
  ['States.ArrayLength', arrayLength],
  ['States.ArrayPartition', arrayPartition],
  ['States.ArrayRange', arrayRange],
  ['States.ArrayUnique', arrayUnique],
  ['States.Base64Decode', base64Decode],
  ['States.Base64Encode', base64Encode],
  ['States.Format', format],
  ['States.Hash', hash],
  ['States.JsonMerge', jsonMerge],
  ['States.JsonToString', jsonToString],
  ['States.MathAdd', mathAdd],
  ['States.MathRandom', mathRandom],
  ['States.StringSplit', stringSplit],
  ['States.StringToJson', stringToJson],
  ['States.UUID', uuid],
]);
