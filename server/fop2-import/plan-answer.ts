import type { ImportChoices, ImportPlan } from '../protocol/fop2-import';
import type { SourceFile } from './bytes';
import type { Office } from './office';
import { type Actions, planImport } from './plan';

/** What crosses between the panel and the thread that looks at files. */
export interface PlanWork {
  readonly files: readonly SourceFile[];
  readonly choices: ImportChoices;
  readonly office: Office;
}

export interface PlanAnswer extends Pick<ImportPlan, 'digest' | 'tenant' | 'changes'> {
  readonly files: readonly string[];
  readonly actions: Actions;
  /** The plan as it is sent to the browser, and its rows as they are kept: JSON, which takes long to make of many lines. */
  readonly plan: string;
  readonly rows: string;
}

/** Throws ImportRefused. */
export function planAnswer({ files, choices, office }: PlanWork): PlanAnswer {
  const { plan, actions } = planImport(files, choices, office);
  const { digest, tenant, changes, rows } = plan;
  const names = plan.files.map(({ name }) => name);
  return { digest, tenant, changes, files: names, actions, plan: JSON.stringify(plan), rows: JSON.stringify(rows) };
}
