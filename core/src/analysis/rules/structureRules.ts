import type { Rule } from '#core/analysis/rule.ts';
import { noTerminalState } from './graph/noTerminalState.ts';
import { unreachableState } from './graph/unreachableState.ts';
import { exclusiveFields } from './state/exclusiveFields.ts';
import { fieldOfOtherLanguage } from './state/fieldOfOtherLanguage.ts';
import { fieldOfOtherState } from './state/fieldOfOtherState.ts';
import { fieldValue } from './state/fieldValue.ts';
import { missingField } from './state/missingField.ts';
import { type } from './state/type.ts';
import { unknownField } from './state/unknownField.ts';
import { missingTransition } from './transition/missingTransition.ts';
import { unknownTarget } from './transition/unknownTarget.ts';

/** The rules about the form of a definition: its fields, its states and how they are connected. */
export const structureRules: readonly Rule[] = [
  type,
  missingField,
  unknownField,
  fieldOfOtherState,
  fieldOfOtherLanguage,
  exclusiveFields,
  fieldValue,
  unknownTarget,
  missingTransition,
  noTerminalState,
  unreachableState,
];
