import { quote, say, type Message } from '#core/text/message.ts';

/**
 * What the `yaml` library says of broken text, as a message in the same words: these are what people meet while
 * they type. What it says of stranger things stands as it is.
 */
export function yamlMessage(text: string): Message {
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  const known = messageByText.get(sentence);
  if (known) return known;
  for (const [pattern, message] of patterns) {
    const [found, ...parts] = pattern.exec(text) ?? [];
    if (found !== undefined) return message(...parts);
  }
  return quote(sentence);
}

const messageByText: ReadonlyMap<string, Message> = new Map(
  [
    say`A block sequence may not be used as an implicit map key.`,
    say`A node can have at most one anchor.`,
    say`A node can have at most one tag.`,
    say`Alias cannot be an empty string.`,
    say`All mapping items must start at the same column.`,
    say`All sequence items must start at the same column.`,
    say`An alias node must not specify any properties.`,
    say`Anchor cannot be an empty string.`,
    say`Block collections are not allowed within flow collections.`,
    say`Comments must be separated from other tokens by white space characters.`,
    say`Flow map in block collection must be sufficiently indented and end with a }.`,
    say`Flow map must end with a }.`,
    say`Flow sequence in block collection must be sufficiently indented and end with a ].`,
    say`Flow sequence must end with a ].`,
    say`Implicit keys need to be on a single line.`,
    say`Implicit map keys need to be followed by map values.`,
    say`Map comment with trailing content.`,
    say`Missing , between flow map items.`,
    say`Missing , between flow sequence items.`,
    say`Missing , or : between flow map items.`,
    say`Missing , or : between flow sequence items.`,
    say`Missing closing "quote.`,
    say`Missing closing 'quote.`,
    say`Missing directives-end/doc-start indicator line.`,
    say`Nested mappings are not allowed in compact mappings.`,
    say`Sequence item without - indicator.`,
    say`Tabs are not allowed as indentation.`,
    say`Unexpected block-seq-ind on same line with key.`,
  ].map(message => [message.text, message]),
);

const patterns: readonly (readonly [RegExp, (...parts: readonly string[]) => Message])[] = [
  [/^Unexpected (\S+) token$/, (token = '') => say`Unexpected ${token} token.`],
  [/^Unexpected (\S+) in flow map$/, (token = '') => say`Unexpected ${token} in flow map.`],
  [/^Unexpected (\S+) in flow sequence$/, (token = '') => say`Unexpected ${token} in flow sequence.`],
  [/^Unexpected (\S+) at node end$/, (token = '') => say`Unexpected ${token} at node end.`],
  [
    /^Unexpected (\S+) token in YAML stream: (.+)$/s,
    (token = '', text = '') => say`Unexpected ${token} token in YAML stream: ${text}.`,
  ],
  [
    /^Unexpected (\S+) token in YAML document: (.+)$/s,
    (token = '', text = '') => say`Unexpected ${token} token in YAML document: ${text}.`,
  ],
  [
    /^Plain value cannot start with reserved character (\S)$/,
    (character = '') => say`Plain value cannot start with reserved character ${character}.`,
  ],
  [
    /^Plain value cannot start with flow indicator character (\S)$/,
    (character = '') => say`Plain value cannot start with flow indicator character ${character}.`,
  ],
  [
    /^Plain value cannot start with block scalar indicator (\S)$/,
    (character = '') => say`Plain value cannot start with block scalar indicator ${character}.`,
  ],
  [
    /^Plain value cannot start with directive indicator character (\S)$/,
    (character = '') => say`Plain value cannot start with directive indicator character ${character}.`,
  ],
  [
    /^Block scalar header includes extra characters: (.+)$/s,
    (text = '') => say`Block scalar header includes extra characters: ${text}.`,
  ],
  [/^Invalid escape sequence (.+)$/s, (text = '') => say`Invalid escape sequence ${text}.`],
  [/^Not a YAML token: (.+)$/s, (text = '') => say`Not a YAML token: ${text}.`],
];
