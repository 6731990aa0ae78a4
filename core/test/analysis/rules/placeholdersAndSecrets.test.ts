import { expect, test } from 'vitest';
import { checkFindings, findingsOf } from '../checkFindings.ts';

const machine = (state: string): string => `{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
${state}
}}}`;

test('a substitution is told once for each name', () =>
  checkFindings(
    machine(`
  "Comment": "in \${Stage}", "Result": {"a": "\${Stage}-\${Region}", "n": \${Count}, "escaped": "$\${Not}"}
  //             ^^^^^^^^ [hint] placeholder/unresolved-substitution: '\${Stage}' must be replaced at deployment. Without a substitution of that name it is plain text.
  //                                                  ^^^^^^^^^ [hint] placeholder/unresolved-substitution: '\${Region}' must be replaced at deployment. Without a substitution of that name it is plain text.
  //                                                                   ^^^^^^^^ [hint] placeholder/unresolved-substitution: '\${Count}' must be replaced at deployment. Without a substitution of that name it is plain text.`),
    { only: 'placeholder/' },
  ));

test('secrets are known by their names', () =>
  checkFindings(
    machine(`
  "Result": {"password": "correct horse", "db_password": "$.x", "apiKey": "\${Key}", "tokens": "many of them", "secret": "arn:aws:secretsmanager:us-east-1:123456789012:secret:s"}
  //                     ^^^^^^^^^^^^^^^ [warning] security/secret-in-definition`),
    { only: 'security/' },
  ));

test('and by their form', () => {
  const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
  const codes = (text: string): string[] =>
    findingsOf(machine(`"Result": {"x": ${JSON.stringify(text)}}`), { only: 'security/' }).map(
      ({ code }) => code,
    );
  expect(codes(`key ${key} here`)).toEqual(['security/secret-in-definition']);
  expect(codes('-----BEGIN RSA PRIVATE KEY-----\nMIIE')).toEqual(['security/secret-in-definition']);
  expect(codes('Bearer 0123456789abcdef')).toEqual(['security/secret-in-definition']);
  expect(codes('The password is kept in Secrets Manager')).toEqual([]);
});

test('and by the name beside a Value, but for what only names where the secret is', () =>
  checkFindings(
    machine(`
  "Result": [
    {"Name": "API_KEY", "Value": "0123456789abcdef"},
  //                             ^^^^^^^^^^^^^^^^^^ [warning] security/secret-in-definition
    {"Name": "API_KEY", "Type": "SECRETS_MANAGER", "Value": "prod/api-key"}, {"Name": "COLOUR", "Value": "bright red"}]`),
    { only: 'security/' },
  ));
