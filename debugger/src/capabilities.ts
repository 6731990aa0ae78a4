import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Translate } from '#core/text/translate.ts';

/** What the debugger can do, in the client's language. */
export function capabilitiesIn(translate: Translate): DebugProtocol.Capabilities {
  return {
    ...flags,
    additionalModuleColumns: [{ attributeName: 'states', label: translate('States'), type: 'number' }],
    exceptionBreakpointFilters: filters(translate),
  };
}

/** Every flag of the protocol that means something for a state machine. */
const flags: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsStepBack: true,
  supportsSetVariable: true,
  supportsRestartFrame: true,
  supportsGotoTargetsRequest: true,
  supportsStepInTargetsRequest: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.', '$', '[', '"', ':'],
  supportsModulesRequest: true,
  supportsRestartRequest: true,
  supportsExceptionInfoRequest: true,
  supportTerminateDebuggee: true,
  supportsDelayedStackTraceLoading: true,
  supportsLoadedSourcesRequest: true,
  supportsLogPoints: true,
  supportsSetExpression: true,
  supportsTerminateRequest: true,
  supportsDataBreakpoints: true,
  supportsCancelRequest: true,
  supportsBreakpointLocationsRequest: true,
  supportsClipboardContext: true,
  supportsSteppingGranularity: true,
  supportsExceptionFilterOptions: true,
  supportsSingleThreadExecutionRequests: true,
  supportsANSIStyling: true,
};

/** Which errors to stop at. */
function filters(translate: Translate): DebugProtocol.ExceptionBreakpointsFilter[] {
  const filter = (
    id: string,
    label: string,
    description: string,
    isDefault: boolean,
  ): DebugProtocol.ExceptionBreakpointsFilter => ({
    filter: id,
    label,
    description,
    default: isDefault,
    supportsCondition: true,
    conditionDescription: translate('Names of errors: States.Timeout, Lambda.*'),
  });
  return [
    filter(
      'uncaught',
      translate('Uncaught Errors'),
      translate('Stops where the execution is about to fail.'),
      true,
    ),
    filter('caught', translate('Caught Errors'), translate('Stops when a Catcher takes an error.'), false),
    filter(
      'retried',
      translate('Retried Errors'),
      translate('Stops when a Retrier is about to try again.'),
      false,
    ),
    filter(
      'task',
      translate('Errors of Tasks'),
      translate('Stops when what a task called has failed or timed out.'),
      false,
    ),
    filter(
      'evaluation',
      translate('Errors of the Definition'),
      translate('Stops when a path, expression or rule fails.'),
      false,
    ),
    filter('all', translate('All Errors'), translate('Stops at every error, whatever becomes of it.'), false),
  ];
}
