import { CompletionItemKind } from 'vscode-languageserver-types';
import { fieldsIn } from '#core/language/fields.ts';
import {
  isStateType,
  stateTypes,
  type FieldRow,
  type ObjectName,
  type QueryLanguage,
} from '#core/language/values.ts';
import { valueOf, type PropertyNode } from '#core/syntax/node.ts';
import { bare, named, stops, type Draft } from '#service/draft.ts';
import { documentationLink } from '#service/markdown.ts';
import type { FieldsContainer, KeyPlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** The fields an object may still take: required ones first, those that are there or are ruled out left out. */
export function fieldCandidates(place: KeyPlace, container: FieldsContainer): Candidate[] {
  const present = new Set(otherNames(container, place.property));
  const { translate } = place.machine.analysis;
  const rows = [...rowsOf(place, container).values()].filter(
    row => !present.has(row.name) && !row.excludes?.some(name => present.has(name)),
  );
  return rows.map((row): Candidate => {
    const needed = row.required === true || isMissingTransition(row, place, container);
    return {
      label: row.name,
      kind: CompletionItemKind.Property,
      rank: row.deprecatedFor !== undefined ? 9 : needed ? 1 : 3,
      documentation: `${translate(row.doc)}\n\n${documentationLink(row.link, translate)}`,
      ...(needed && { description: translate('required') }),
      ...(row.only && !needed && { description: row.only }),
      ...(row.deprecatedFor !== undefined && { deprecated: true }),
      draft: fieldDraft(row, place.language),
      suggestNext: hasSuggestions(row, container),
    };
  });
}

/** A state without a readable type takes what any type takes, and its `Type` first. */
function rowsOf(place: KeyPlace, container: FieldsContainer): ReadonlyMap<string, FieldRow> {
  if (!isStateType(container.name) || valueOf(container.node, 'Type') !== undefined) {
    return fieldsIn(container.name, place.language);
  }
  const all = new Map<string, FieldRow>();
  for (const type of stateTypes) {
    for (const [name, row] of fieldsIn(type, place.language)) {
      if (!all.has(name)) all.set(name, row.name === 'Type' ? row : { ...row, required: false });
    }
  }
  return all;
}

function otherNames(container: FieldsContainer, except: PropertyNode | undefined): string[] {
  return container.node.properties.filter(property => property !== except).map(({ key }) => key.value);
}

/** A state that goes nowhere needs `Next` or `End`; both are then worth the top of the list. */
function isMissingTransition(row: FieldRow, place: KeyPlace, container: FieldsContainer): boolean {
  if (row.name !== 'Next' && row.name !== 'End') return false;
  return place.state?.node === container.node && !place.state.isTerminal;
}

function hasSuggestions({ value }: FieldRow, { node }: FieldsContainer): boolean {
  switch (value.is) {
    case 'stateName':
    case 'oneOf':
    case 'resource':
    case 'errorNames':
      return true;
    case 'states': {
      // The state to start at is not defined yet, so its name is suggested.
      const start = valueOf(node, 'StartAt');
      return start?.kind === 'string' && start.value !== '';
    }
    default:
      return false;
  }
}

/** What to write behind the name of a field, with tab stops where the user goes on typing. */
export function fieldDraft(row: FieldRow, language: QueryLanguage): Draft {
  const { value } = row;
  switch (value.is) {
    case 'number':
      return bare(`\${1:${Math.max(value.min, defaultNumbers.get(row.name) ?? value.min)}}`);
    case 'boolean':
    case 'flag':
      return true;
    case 'path':
    case 'referencePath':
    case 'resultPath':
      return stops(String.raw`\$$1`);
    case 'pathOrIntrinsic':
      return stops(String.raw`\$.$1`);
    case 'condition':
      return stops('{% $1 %}');
    case 'jsonataArray':
      return stops('{% $1 %}');
    case 'payloadTemplate':
    case 'assign':
      return named('$1', stops('$2'));
    case 'jsonataValue':
      return value.objectOnly === true || row.name === 'Arguments'
        ? named('$1', stops('$2'))
        : stops('{% $1 %}');
    case 'object':
      return objectDraft(value.of, language);
    case 'list':
      return [objectDraft(value.of, language)];
    case 'errorNames':
    case 'strings':
      return [stops('$1')];
    case 'states':
      return named('$1', { Type: stops('$2') });
    case 'json':
      return named('$1', stops('$2'));
    case 'comparand':
      if (value.path) return stops(String.raw`\$.$1`);
      if (value.type === 'boolean') return bare('${1:true}');
      return value.type === 'number' ? bare('${1:0}') : stops('$1');
    default:
      return stops('$1');
  }
}

const defaultNumbers: ReadonlyMap<string, number> = new Map([
  ['TimeoutSeconds', 60],
  ['HeartbeatSeconds', 20],
  ['Seconds', 10],
  ['IntervalSeconds', 1],
  ['MaxAttempts', 3],
  ['BackoffRate', 2],
  ['MaxConcurrency', 10],
  ['MaxItemsPerBatch', 10],
]);

function objectDraft(name: ObjectName, language: QueryLanguage): Draft {
  switch (name) {
    case 'Retrier':
      return {
        ErrorEquals: [stops('${1:States.ALL}')],
        IntervalSeconds: bare('${2:1}'),
        MaxAttempts: bare('${3:3}'),
        BackoffRate: bare('${4:2}'),
      };
    case 'Catcher':
      return { ErrorEquals: [stops('${1:States.ALL}')], Next: stops('$2') };
    case 'ChoiceRule':
      return language === 'JSONata'
        ? { Condition: stops('{% $1 %}'), Next: stops('$2') }
        : { Variable: stops(String.raw`\$.$1`), StringEquals: stops('$2'), Next: stops('$3') };
    case 'NestedChoiceRule':
      return { Variable: stops(String.raw`\$.$1`), StringEquals: stops('$2') };
    case 'Branch':
      return { StartAt: stops('${1:Start}'), States: named('${1:Start}', { Type: 'Pass', End: true }) };
    case 'ItemProcessor':
    case 'Iterator':
      return {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: stops('${1:Start}'),
        States: named('${1:Start}', { Type: 'Pass', End: true }),
      };
    case 'ItemReader':
      return {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: stops('${1:JSON}') },
        [workField(language)]: { Bucket: stops('$2'), Key: stops('$3') },
      };
    case 'ResultWriter':
      return {
        Resource: 'arn:aws:states:::s3:putObject',
        [workField(language)]: { Bucket: stops('$1'), Prefix: stops('$2') },
      };
    case 'ReaderConfig':
      return { InputType: stops('${1:JSON}') };
    case 'WriterConfig':
      return { Transformation: stops('${1:NONE}'), OutputType: stops('${2:JSON}') };
    case 'ItemBatcher':
      return { MaxItemsPerBatch: bare('${1:100}') };
    case 'ProcessorConfig':
      return { Mode: stops('${1:INLINE}') };
    case 'Credentials':
      return { RoleArn: stops('$1') };
    default:
      return { Type: stops('$1') };
  }
}

function workField(language: QueryLanguage): string {
  return language === 'JSONata' ? 'Arguments' : 'Parameters';
}
