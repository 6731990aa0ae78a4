import { comparisons } from '#core/language/comparisons.ts';
import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import { errorNamed, errorNames } from '#core/language/errorNames.ts';
import { fieldsOf, objectNames } from '#core/language/fields.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import { statesVariable } from '#service/expressions/statesVariable.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';

/** The sentences of the tables, which are translated where they are shown. */
export const tableTexts: readonly string[] = [
  ...objectNames.flatMap(fieldsOf).map(({ doc }) => doc),
  ...comparisons.map(({ doc }) => doc),
  ...docsOf([...contextMembers, ...statesVariable]),
  ...errorNames.map(({ doc }) => doc),
  errorNamed('States.Http.StatusCode.404')?.doc ?? '',
  ...intrinsicFunctions.flatMap(({ summary, limits, parameters }) => [
    summary,
    ...(limits === undefined ? [] : [limits]),
    ...parameters.map(parameter => parameter.summary),
  ]),
  ...jsonataFunctions.map(({ summary }) => summary),
  ...optimizedActions.map(({ documentation }) => documentation),
  ...typeDescriptions.map(({ doc }) => doc),
];

function docsOf(members: readonly ContextMember[]): readonly string[] {
  return members.flatMap(({ doc, members: inner }) => [doc, ...docsOf(inner ?? [])]);
}
