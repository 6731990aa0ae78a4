import type { Rule } from '#core/analysis/rule.ts';
import { expressionRules } from './expressionRules.ts';
import { structureRules } from './structureRules.ts';

/** Every rule; the order of findings is that of the file, not this one. */
export const rules: readonly Rule[] = [...structureRules, ...expressionRules];
