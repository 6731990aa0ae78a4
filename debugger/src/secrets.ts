import type { Json } from '#core/json.ts';

/** What stands for a value that should not be seen by accident. */
export const mask = '••••••';

const secretWords = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'credential',
  'credentials',
  'apikey',
  'cookie',
]);
const secretPairs = new Set(['api key', 'private key', 'secret key', 'access key']);

/** Whether a value of that name is likely to be a secret: `password`, `apiKey`, `X-Auth-Token`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '');
  return words.some(
    (word, index) => secretWords.has(word) || secretPairs.has(`${word} ${words[index + 1] ?? ''}`),
  );
}

/** Whether a value must not be shown under that name. Flags and the absence of a value tell nothing. */
export function isSecret(name: string, value: Json): boolean {
  if (value === null || typeof value === 'boolean' || value === '') return false;
  return isSecretName(name) || isSecretText(value);
}

/** The ids of AWS access keys are known by their beginning. */
function isSecretText(value: Json): boolean {
  return typeof value === 'string' && /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/.test(value);
}
