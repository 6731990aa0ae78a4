import { debugFlowsSpec } from './debugFlows.spec.ts';
import { debuggingSpec } from './debugging.spec.ts';
import { diagnosticsSpec } from './diagnostics.spec.ts';
import { editingSpec } from './editing.spec.ts';
import { languagesSpec } from './languages.spec.ts';
import { navigationSpec } from './navigation.spec.ts';
import { refactoringSpec } from './refactoring.spec.ts';
import { robustnessSpec } from './robustness.spec.ts';

/** Declares every test. Imports have no effects, so that mocha can be set up first. */
export function defineSpecs(): void {
  languagesSpec();
  diagnosticsSpec();
  navigationSpec();
  editingSpec();
  refactoringSpec();
  debuggingSpec();
  robustnessSpec();
  debugFlowsSpec();
}
