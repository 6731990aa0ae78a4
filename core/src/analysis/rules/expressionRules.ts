import type { Rule } from '#core/analysis/rule.ts';
import { argumentCount } from './jsonata/argumentCount.ts';
import { bareTopLevelReference } from './jsonata/bareTopLevelReference.ts';
import { dollarDollar } from './jsonata/dollarDollar.ts';
import { dollarKeySuffix } from './jsonata/dollarKeySuffix.ts';
import { emptyExpression } from './jsonata/emptyExpression.ts';
import { errorOutputOutsideCatcher } from './jsonata/errorOutputOutsideCatcher.ts';
import { evalNotSupported } from './jsonata/evalNotSupported.ts';
import { intrinsicInJsonata } from './jsonata/intrinsicInJsonata.ts';
import { jsonPathInDelimiters } from './jsonata/jsonPathInDelimiters.ts';
import { missingDelimiters } from './jsonata/missingDelimiters.ts';
import { resultWithoutResult } from './jsonata/resultWithoutResult.ts';
import { syntaxError as jsonataSyntaxError } from './jsonata/syntaxError.ts';
import { topLevelDollar } from './jsonata/topLevelDollar.ts';
import { unclosedDelimiter } from './jsonata/unclosedDelimiter.ts';
import { unknownFunction as jsonataUnknownFunction } from './jsonata/unknownFunction.ts';
import { unknownStatesMember } from './jsonata/unknownStatesMember.ts';
import { notAPath } from './jsonpath/notAPath.ts';
import { notAReferencePath } from './jsonpath/notAReferencePath.ts';
import { resultPathOrigin } from './jsonpath/resultPathOrigin.ts';
import { syntaxError as jsonpathSyntaxError } from './jsonpath/syntaxError.ts';
import { arity } from './intrinsic/arity.ts';
import { badArgument } from './intrinsic/badArgument.ts';
import { doubleQuotes } from './intrinsic/doubleQuotes.ts';
import { illegalEscape } from './intrinsic/illegalEscape.ts';
import { nesting } from './intrinsic/nesting.ts';
import { placeholderCount } from './intrinsic/placeholderCount.ts';
import { trailingGarbage } from './intrinsic/trailingGarbage.ts';
import { unbalancedParenthesis } from './intrinsic/unbalancedParenthesis.ts';
import { unknownFunction as intrinsicUnknownFunction } from './intrinsic/unknownFunction.ts';
import { badPathSyntax } from './template/badPathSyntax.ts';
import { dollarKeyNotString } from './template/dollarKeyNotString.ts';
import { duplicateAfterStrip } from './template/duplicateAfterStrip.ts';
import { jsonataInTemplate } from './template/jsonataInTemplate.ts';
import { missingDollarSuffix } from './template/missingDollarSuffix.ts';
import { notAnExpression } from './template/notAnExpression.ts';
import { assignName } from './variable/assignName.ts';
import { assignOuterScope } from './variable/assignOuterScope.ts';
import { distributedMapReadsOuter } from './variable/distributedMapReadsOuter.ts';
import { assignNotVisibleInSameState } from './flow/assignNotVisibleInSameState.ts';
import { deadEndCycle } from './flow/deadEndCycle.ts';
import { infiniteLoopWithoutWait } from './flow/infiniteLoopWithoutWait.ts';
import { innerVariableUsedOutside } from './flow/innerVariableUsedOutside.ts';
import { selfLoopWithoutExit } from './flow/selfLoopWithoutExit.ts';
import { undefinedVariable } from './flow/undefinedVariable.ts';
import { unusedVariable } from './flow/unusedVariable.ts';
import { variableLostOnCatchPath } from './flow/variableLostOnCatchPath.ts';
import { variableUndefinedOnOnePath } from './flow/variableUndefinedOnOnePath.ts';
import { variableUsedBeforeAssign } from './flow/variableUsedBeforeAssign.ts';
import { contextPathUnknown } from './data/contextPathUnknown.ts';
import { mapContextOutsideMap } from './data/mapContextOutsideMap.ts';
import { outputPathNullLosesData } from './data/outputPathNullLosesData.ts';
import { pathIntoDiscardedInput } from './data/pathIntoDiscardedInput.ts';
import { resultPathOverwritesInputField } from './data/resultPathOverwritesInputField.ts';
import { taskTokenOutsideCallback } from './data/taskTokenOutsideCallback.ts';
import { fieldWithoutPathSuffix } from './path/fieldWithoutPathSuffix.ts';
import { errorPathNonStringIntrinsic } from './fail/errorPathNonStringIntrinsic.ts';
import { noErrorOrCause } from './fail/noErrorOrCause.ts';
import { unresolvedSubstitution } from './placeholder/unresolvedSubstitution.ts';
import { secretInDefinition } from './security/secretInDefinition.ts';

/** The rules about expressions, variables and data, in the order of the catalogue. */
export const expressionRules: readonly Rule[] = [
  argumentCount,
  bareTopLevelReference,
  dollarDollar,
  dollarKeySuffix,
  emptyExpression,
  errorOutputOutsideCatcher,
  evalNotSupported,
  intrinsicInJsonata,
  jsonPathInDelimiters,
  missingDelimiters,
  resultWithoutResult,
  jsonataSyntaxError,
  topLevelDollar,
  unclosedDelimiter,
  jsonataUnknownFunction,
  unknownStatesMember,
  notAPath,
  notAReferencePath,
  resultPathOrigin,
  jsonpathSyntaxError,
  arity,
  badArgument,
  doubleQuotes,
  illegalEscape,
  nesting,
  placeholderCount,
  trailingGarbage,
  unbalancedParenthesis,
  intrinsicUnknownFunction,
  badPathSyntax,
  dollarKeyNotString,
  duplicateAfterStrip,
  jsonataInTemplate,
  missingDollarSuffix,
  notAnExpression,
  assignName,
  assignOuterScope,
  distributedMapReadsOuter,
  assignNotVisibleInSameState,
  deadEndCycle,
  infiniteLoopWithoutWait,
  innerVariableUsedOutside,
  selfLoopWithoutExit,
  undefinedVariable,
  unusedVariable,
  variableLostOnCatchPath,
  variableUndefinedOnOnePath,
  variableUsedBeforeAssign,
  contextPathUnknown,
  mapContextOutsideMap,
  outputPathNullLosesData,
  pathIntoDiscardedInput,
  resultPathOverwritesInputField,
  taskTokenOutsideCallback,
  fieldWithoutPathSuffix,
  errorPathNonStringIntrinsic,
  noErrorOrCause,
  unresolvedSubstitution,
  secretInDefinition,
];
