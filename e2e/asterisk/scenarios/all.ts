import { availabilityScenarios } from './availability';
import { callScenarios } from './calls';
import { featureScenarios } from './features';
import type { Scenario } from './scenario';
import { serviceScenarios } from './services';
import { transferScenarios } from './transfers';

/** Every scenario; each starts from a quiet PBX and leaves one behind. The restarts come last. */
export const scenarios: readonly Scenario[] = [
  ...callScenarios,
  ...transferScenarios,
  ...serviceScenarios,
  ...availabilityScenarios,
  ...featureScenarios,
];

/** Those that make sense on one Asterisk version. */
export function scenariosFor(version: number): readonly Scenario[] {
  return scenarios.filter((scenario) => scenario.onlyVersion === undefined || scenario.onlyVersion === version);
}
