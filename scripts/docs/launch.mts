/**
 * Writes docs/launch.md from the manifest: every attribute of a launch configuration, and the snippets.
 *
 *   node scripts/docs/launch.mts [--check]
 */
import { readManifest, writePage } from './page.mts';

interface Attribute {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly anyOf?: readonly Attribute[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly markdownDescription?: string;
  readonly description?: string;
}

interface Request {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, Attribute>>;
}

interface Debugger {
  readonly configurationAttributes: Readonly<Record<'launch' | 'attach', Request>>;
  readonly configurationSnippets: readonly {
    readonly label: string;
    readonly description: string;
    readonly body: object;
  }[];
}

const manifest = readManifest() as { readonly contributes: { readonly debuggers: readonly Debugger[] } };
const [asl] = manifest.contributes.debuggers;
if (asl === undefined) throw new Error('bug: the manifest contributes no debugger');
const { launch, attach } = asl.configurationAttributes;

await writePage('docs/launch.md', [
  '# Launch configurations',
  '',
  'Generated from the manifest by `node scripts/docs/launch.mts`. [Debugging](debugging.md) tells how it all works together.',
  '',
  'None is needed: **F5** on an open definition runs it. A `launch.json` keeps inputs, test cases and options for everybody who works on the project.',
  '',
  '## `"request": "launch"`',
  '',
  'Runs a state machine here, on mocks or on your answers.',
  '',
  ...attributesOf(launch),
  '## `"request": "attach"`',
  '',
  'Replays an execution that AWS has recorded.',
  '',
  ...attributesOf(attach),
  '## Examples',
  '',
  'As VS Code offers them in a `launch.json`; what stands in `${1:…}` is to be filled in.',
  '',
  ...asl.configurationSnippets.flatMap(({ label, description, body }) => [
    `**${label}** – ${description}`,
    '',
    '```json',
    JSON.stringify(body, asInserted, 2),
    '```',
    '',
  ]),
]);

/** In a snippet `^` starts a value that is inserted as it is, and `\$` is a dollar that is not filled in. */
function asInserted(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('^"')
    ? value.slice(2, -1).replaceAll(String.raw`\$`, '$')
    : value;
}

function attributesOf({ required = [], properties }: Request): readonly string[] {
  return Object.entries(properties).flatMap(([name, attribute]) => [
    `### \`${name}\``,
    '',
    attribute.markdownDescription ?? attribute.description ?? '',
    '',
    [
      `Type: ${typeOf(attribute)}.`,
      required.includes(name) ? 'Required.' : '',
      attribute.default === undefined ? '' : `Default: \`${JSON.stringify(attribute.default)}\`.`,
    ]
      .filter(part => part !== '')
      .join(' '),
    '',
    ...(attribute.enum ?? []).flatMap((value, index) => {
      const meaning = attribute.enumDescriptions?.[index];
      return meaning === undefined ? [] : [`- \`${value}\`: ${meaning}`];
    }),
    '',
  ]);
}

function typeOf({ type, enum: values, anyOf, minimum, maximum, exclusiveMinimum }: Attribute): string {
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (values !== undefined) return values.map(value => `\`"${value}"\``).join(' or ');
  if (type === undefined) return 'any JSON';
  const bounds = [
    minimum === undefined ? '' : `at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
  ].filter(bound => bound !== '');
  return bounds.length === 0 ? type : `${type} (${bounds.join(', ')})`;
}
