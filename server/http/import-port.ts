import type {
  ImportApplyBody,
  ImportExport,
  ImportInvitations,
  ImportPlanBody,
  ImportRow,
  ImportRun,
} from '../protocol/fop2-import';

/** Who asks, and what is to be written down of it when it is over. */
export interface ImportAsking {
  /** Name of the administrator. */
  readonly by: string;
  readonly note: (about: { action: string; target: string }, result: string) => void;
}

/** The import of FOP2's files (fop2-import/importer.ts). May throw ConflictError, NotFoundError, ImportRefused. */
export interface ImportPort {
  /** JSON of a plan (protocol/fop2-import.ts). */
  plan(body: ImportPlanBody): Promise<string>;
  /** Begins, and answers at once; `run` tells how far it is. */
  apply(body: ImportApplyBody, asking: ImportAsking): Promise<ImportRun>;
  undo(id: string, asking: ImportAsking): Promise<ImportRun>;
  runs(): Promise<ImportRun[]>;
  run(id: string): Promise<ImportRun>;
  rows(id: string): Promise<readonly ImportRow[]>;
  invite(id: string, asking: ImportAsking): Promise<ImportInvitations>;
  /** The panel's own data in FOP2's formats, without secrets. */
  export(): Promise<ImportExport>;
}
