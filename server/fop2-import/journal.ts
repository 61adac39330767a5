import { z } from 'zod';
import { grants, roleTemplate } from '../protocol/access';
import { buttonKind, buttonPatch } from '../protocol/buttons';
import { importCounts, importRow } from '../protocol/fop2-import';
import { accessGroup } from '../protocol/groups';
import { recordingSettings } from '../protocol/recording';
import type { Office } from './office';
import type { Actions } from './plan';

/** What a run of the import writes down before it begins: enough to take all of it back, whenever it ended. */

const given = z.object({
  role: z.string(),
  grants: grants.nullable(),
  sees: z.array(z.string()).nullable(),
  extension: z.string().nullable(),
});

const rowRef = { kind: buttonKind, key: z.string(), version: z.number().int() };

export const journal = z.object({
  /** Of which PBX the buttons are. */
  pbx: z.string(),
  groups: z.array(accessGroup),
  roles: z.array(roleTemplate),
  created: z.array(z.string()),
  /** `version`: that of the user after the change. */
  updated: z.array(
    z.object({ id: z.string(), username: z.string(), version: z.number().int(), set: given, before: given }),
  ),
  /** `version`: that of the row after the change. */
  edits: z.array(z.object({ ...rowRef, before: buttonPatch })),
  adds: z.array(z.object(rowRef)),
  recording: z.object({ before: recordingSettings, after: recordingSettings }).nullable(),
  /** `before`: what was saved, its secret sealed; null: nothing. `version` after it. */
  connection: z.object({ before: z.unknown(), version: z.number().int() }).nullable(),
});
export type Journal = z.infer<typeof journal>;

/** The state of a run as it is kept; what runs now is known by the process alone. */
export const runReport = z.object({
  state: z.enum(['running', 'done', 'failed', 'undone']),
  files: z.array(z.string()),
  tenant: z.string(),
  changes: importCounts,
  problem: z.string().nullable(),
  left: z.array(z.string()),
});
export type RunReport = z.infer<typeof runReport>;

/** What is kept beside the report, and read when it is needed alone. */
export const runBook = z.object({ journal, rows: z.array(importRow) });

export function journalOf(actions: Actions, office: Office, pbx: string, savedConnection: unknown): Journal {
  const given = ({ role, grants: own, sees, extension }: Journal['updated'][number]['set']) => ({
    role,
    grants: own,
    sees,
    extension,
  });
  return {
    pbx,
    groups: [...actions.groups],
    roles: [...actions.roles],
    created: actions.create.map(({ username }) => username),
    updated: actions.update.map(({ id, username, version, set, before }) => ({
      ...{ id, username, version: version + 1 },
      set: given(copied(set)),
      before: given(copied(before)),
    })),
    edits: actions.edits.map(({ kind, key, version, before }) => ({ kind, key, version: version + 1, before })),
    adds: actions.adds.map(({ kind, key }) => ({ kind, key, version: 1 })),
    recording: actions.recording && { before: office.recording.settings, after: actions.recording },
    connection: actions.connection && { before: savedConnection, version: office.connection.version + 1 },
  };
}

/** Lists that may be read only, as lists of one's own. */
function copied({
  role,
  grants: own,
  sees,
  extension,
}: Actions['update'][number]['set']): Journal['updated'][number]['set'] {
  return {
    role,
    grants: own?.map(({ permission, groups }) => ({ permission, groups: groups && [...groups] })) ?? null,
    sees: sees && [...sees],
    extension,
  };
}

export function stepsOf(actions: Journal): number {
  const { created, updated, edits, adds } = actions;
  return 1 + created.length + updated.length + edits.length + adds.length;
}
