import type { Rule } from '#core/analysis/rule.ts';
import {
  hasPlaceholder,
  valueOf,
  type ObjectNode,
  type StringNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import { say, type Message } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';

/** A password or key in plain text. */
export const secretInDefinition: Rule = {
  code: 'security/secret-in-definition',
  severity: 'warning',
  summary: 'The definition holds what looks like a secret.',
  explanation:
    'Everyone who may describe the state machine or read its history sees it. Keep it in AWS Secrets Manager and let the called function or an EventBridge connection read it; replace the one that was published.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/security-best-practices.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload":{"password":"correct horse"}},"End":true}}}',
  check({ site, analysis }) {
    const findings: SecretFinding[] = [];
    const { text } = analysis.source;
    if (mayHoldForm.test(text) || mayHoldName.test(text)) collect(site.node, undefined, findings);
    return findings;
  },
};

interface SecretFinding extends Span {
  readonly message: Message;
}

/* One look at the whole text spares the walk over it in nearly every file. */
const mayHoldForm =
  /A[KS]IA[0-9A-Z]{16}|PRIVATE KEY-----|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-|sk_live_|(?:Bearer|Basic) /;
const mayHoldName =
  /pass(?:w|phrase)|Pass(?:w|phrase)|PASS(?:W|PHRASE)|[Ss]ecret|SECRET|(?:[Kk]ey|KEY|[Tt]oken|TOKEN)["']?\s*[:,}\n]/;

function collect(node: SyntaxNode, name: string | undefined, findings: SecretFinding[]): void {
  if (node.kind === 'string') {
    const kind = kindOfSecret(node.value);
    if (kind !== undefined) findings.push(finding(node, say`This looks like ${kind}.`));
    else if (name !== undefined && secretName.test(name) && isLiteral(node.value)) {
      findings.push(finding(node, say`'${name}' stands here in plain text.`));
    }
  } else if (node.kind === 'object') {
    const called = nameOfPair(node);
    for (const { key, value } of node.properties)
      if (value) collect(value, key.value === 'Value' ? called : key.value, findings);
  } else if (node.kind === 'array') {
    for (const item of node.items) collect(item, undefined, findings);
  }
}

/**
 * The name that a `Value` has beside it, as variables of containers and tags do: `{"Name": "API_KEY", "Value": …}`.
 *
 * For CodeBuild, the value may be the name of what holds the secret: `"Type": "SECRETS_MANAGER"`.
 */
function nameOfPair(node: ObjectNode): string {
  const type = valueOf(node, 'Type');
  if (type?.kind === 'string' && type.value !== 'PLAINTEXT') return 'Value';
  const name = valueOf(node, 'Name') ?? valueOf(node, 'Key');
  return name?.kind === 'string' ? name.value : 'Value';
}

function finding({ start, end }: StringNode, what: Message): SecretFinding {
  return {
    start,
    end,
    message: say`${what} Everyone who can see the state machine can see it; keep it in Secrets Manager.`,
  };
}

/** What is a secret whatever its name, by forms that nothing else has. */
function kindOfSecret(text: string): Message | undefined {
  if (text.length < 14) return undefined;
  if (/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/.test(text)) return say`an access key of AWS`;
  if (/^(?:Bearer|Basic) +[\w.~+/=-]{8,}$/.test(text)) return say`a credential of HTTP`;
  if (text.includes('PRIVATE KEY-----')) return say`a private key`;
  if (/\bgh[pousr]_[A-Za-z0-9]{36,}/.test(text)) return say`a token of GitHub`;
  if (/\bxox[abprs]-[A-Za-z0-9-]{10,}/.test(text)) return say`a token of Slack`;
  if (/\bsk_live_[A-Za-z0-9]{16,}/.test(text)) return say`a key of Stripe`;
  return undefined;
}

const secretName =
  /^(?:(?:db|database|master|master_?user|admin|user|root)?_?-?(?:password|passwd|passphrase)|secret|(?:client|shared|aws)?_?-?secret_?-?(?:key|access_?-?key)?|(?:x-)?api_?-?key|private_?-?key|(?:auth|access|bearer|api)_?-?token)$/i;

/** Neither read at run time nor put in at deployment. */
function isLiteral(value: string): boolean {
  if (value.length < 5 || hasPlaceholder(value)) return false;
  return !/^(?:\$|\{%|States\.|arn:|\{\{|<)/.test(value) && !/^[x*•.]+$/i.test(value);
}
