import type { DebugProtocol } from '@vscode/debugprotocol';

/** What the debugger can do: every flag of the protocol that means something for a state machine. */
export const capabilities: DebugProtocol.Capabilities = {
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
  additionalModuleColumns: [{ attributeName: 'states', label: 'States', type: 'number' }],
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
  exceptionBreakpointFilters: [
    filter('uncaught', 'Uncaught Errors', 'Stops where the execution is about to fail.', true),
    filter('caught', 'Caught Errors', 'Stops when a Catcher takes an error.', false),
    filter('retried', 'Retried Errors', 'Stops when a Retrier is about to try again.', false),
    filter('task', 'Errors of Tasks', 'Stops when what a task called has failed or timed out.', false),
    filter('evaluation', 'Errors of the Definition', 'Stops when a path, expression or rule fails.', false),
    filter('all', 'All Errors', 'Stops at every error, whatever becomes of it.', false),
  ],
};

function filter(
  id: string,
  label: string,
  description: string,
  isDefault: boolean,
): DebugProtocol.ExceptionBreakpointsFilter {
  return {
    filter: id,
    label,
    description,
    default: isDefault,
    supportsCondition: true,
    conditionDescription: 'Names of errors: States.Timeout, Lambda.*',
  };
}
