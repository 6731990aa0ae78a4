import type { Rule } from '#core/analysis/rule.ts';
import { losesInput } from './catch/losesInput.ts';
import { allRulesSameTarget } from './choice/allRulesSameTarget.ts';
import { contradiction } from './choice/contradiction.ts';
import { duplicateRule } from './choice/duplicateRule.ts';
import { noDefault } from './choice/noDefault.ts';
import { noIsPresentGuard } from './choice/noIsPresentGuard.ts';
import { oneOperator } from './choice/oneOperator.ts';
import { ruleAlwaysTrue } from './choice/ruleAlwaysTrue.ts';
import { stringMatchesNoWildcard } from './choice/stringMatchesNoWildcard.ts';
import { shadowedHandler } from './errors/shadowedHandler.ts';
import { statesAll } from './errors/statesAll.ts';
import { unknownStatesPrefix } from './errors/unknownStatesPrefix.ts';
import { notInExpress } from './express/notInExpress.ts';
import { noTerminalState } from './graph/noTerminalState.ts';
import { unreachableState } from './graph/unreachableState.ts';
import { dynamoDbAttributeType } from './integration/dynamoDbAttributeType.ts';
import { hardCodedAccount } from './integration/hardCodedAccount.ts';
import { lambdaArnInsteadOfInvoke } from './integration/lambdaArnInsteadOfInvoke.ts';
import { parameters as integrationParameters } from './integration/parameters.ts';
import { regionMismatch } from './integration/regionMismatch.ts';
import { sdkInsteadOfOptimized } from './integration/sdkInsteadOfOptimized.ts';
import { startExecutionParentId } from './integration/startExecutionParentId.ts';
import { startExecutionTextOutput } from './integration/startExecutionTextOutput.ts';
import { unknownAction } from './integration/unknownAction.ts';
import { unsupportedPattern } from './integration/unsupportedPattern.ts';
import { comment as jsonComment } from './json/comment.ts';
import { duplicateKey } from './json/duplicateKey.ts';
import { syntax as jsonSyntax } from './json/syntax.ts';
import { trailingComma } from './json/trailingComma.ts';
import { yaml as yamlStructure } from './json/yaml.ts';
import { deprecatedField } from './legacy/deprecatedField.ts';
import { distributedOnly } from './map/distributedOnly.ts';
import { emptyConfiguration } from './map/emptyConfiguration.ts';
import { label as mapLabel } from './map/label.ts';
import { processor as mapProcessor } from './map/processor.ts';
import { resource as mapResource } from './map/resource.ts';
import { differsOnlyByCase } from './name/differsOnlyByCase.ts';
import { duplicateAcrossScopes } from './name/duplicateAcrossScopes.ts';
import { length as nameLength } from './name/length.ts';
import { outerSpace } from './name/outerSpace.ts';
import { tooDeep } from './nesting/tooDeep.ts';
import { singleBranch } from './parallel/singleBranch.ts';
import { doesNothing } from './pass/doesNothing.ts';
import { resultIsStatic } from './pass/resultIsStatic.ts';
import { definitionOver1Mb } from './quota/definitionOver1Mb.ts';
import { history25000Loop } from './quota/history25000Loop.ts';
import { inlineMapConcurrency } from './quota/inlineMapConcurrency.ts';
import { dataLimitNotCaughtByAll } from './retry/dataLimitNotCaughtByAll.ts';
import { lambdaTransientErrorsMissing } from './retry/lambdaTransientErrors.ts';
import { retriesRuntimeError } from './retry/retriesRuntimeError.ts';
import { notAnObject } from './root/notAnObject.ts';
import { exclusiveFields } from './state/exclusiveFields.ts';
import { fieldOfOtherLanguage } from './state/fieldOfOtherLanguage.ts';
import { fieldOfOtherState } from './state/fieldOfOtherState.ts';
import { fieldValue } from './state/fieldValue.ts';
import { jsonPathInsideJsonata } from './state/jsonPathInsideJsonata.ts';
import { missingField } from './state/missingField.ts';
import { type as stateType } from './state/type.ts';
import { unknownField } from './state/unknownField.ts';
import { heartbeat as taskHeartbeat } from './task/heartbeat.ts';
import { heartbeatWithoutCallback } from './task/heartbeatWithoutCallback.ts';
import { lambdaPayloadUnwrapped } from './task/lambdaPayloadUnwrapped.ts';
import { noTimeout } from './task/noTimeout.ts';
import { resourceNotArn } from './task/resourceNotArn.ts';
import { taskToken } from './task/taskToken.ts';
import { missingTransition } from './transition/missingTransition.ts';
import { unknownTarget } from './transition/unknownTarget.ts';
import { noDuration } from './wait/noDuration.ts';
import { timestampInThePast } from './wait/timestampInThePast.ts';

/** The rules about the form of a definition: its fields, its states, how they are connected and what they call. */
export const structureRules: readonly Rule[] = [
  notAnObject,
  exclusiveFields,
  fieldOfOtherLanguage,
  fieldOfOtherState,
  fieldValue,
  jsonPathInsideJsonata,
  missingField,
  stateType,
  unknownField,
  differsOnlyByCase,
  duplicateAcrossScopes,
  nameLength,
  outerSpace,
  missingTransition,
  unknownTarget,
  noTerminalState,
  unreachableState,
  allRulesSameTarget,
  contradiction,
  duplicateRule,
  noDefault,
  noIsPresentGuard,
  oneOperator,
  ruleAlwaysTrue,
  stringMatchesNoWildcard,
  noDuration,
  timestampInThePast,
  dataLimitNotCaughtByAll,
  lambdaTransientErrorsMissing,
  retriesRuntimeError,
  losesInput,
  singleBranch,
  distributedOnly,
  mapResource,
  emptyConfiguration,
  mapLabel,
  mapProcessor,
  taskHeartbeat,
  heartbeatWithoutCallback,
  lambdaPayloadUnwrapped,
  noTimeout,
  resourceNotArn,
  taskToken,
  definitionOver1Mb,
  history25000Loop,
  inlineMapConcurrency,
  tooDeep,
  jsonComment,
  duplicateKey,
  jsonSyntax,
  trailingComma,
  yamlStructure,
  shadowedHandler,
  statesAll,
  unknownStatesPrefix,
  deprecatedField,
  doesNothing,
  resultIsStatic,
  dynamoDbAttributeType,
  hardCodedAccount,
  lambdaArnInsteadOfInvoke,
  integrationParameters,
  regionMismatch,
  sdkInsteadOfOptimized,
  startExecutionParentId,
  startExecutionTextOutput,
  unknownAction,
  unsupportedPattern,
  notInExpress,
];
