import type { ButtonId, ButtonPatch } from '../protocol/buttons';
import { breath } from '../store/breath';
import { ConflictError } from '../store/errors';
import type { Office } from './office';
import type { Actions } from './plan';
import type { ImportPorts } from './ports';

/** Does what was planned, in the order in which one thing needs another. Throws at the first that cannot be done. */

export interface Doing {
  readonly at: Date;
  /** Name of the administrator. */
  readonly by: string;
  /** So many steps more. */
  readonly step: (count: number) => void;
}

const atOnce = 500;

export async function applyActions(actions: Actions, office: Office, ports: ImportPorts, doing: Doing): Promise<void> {
  const { connection, recording } = actions;
  if (connection !== null) await ports.connection.save(connection, office.connection.version);
  if (actions.groups.length + actions.roles.length > 0) {
    const { version, settings } = office.access;
    const groups = [...settings.groups, ...actions.groups];
    await ports.access.save({ version, settings: { groups, roles: [...settings.roles, ...actions.roles] } });
  }
  doing.step(1);
  const users = actions.create.map((user) => ({ ...user, passwordHash: null }));
  await ports.runs.addUsers(users, doing.at, doing.step);
  for (const { id, version, set } of actions.update) {
    await ports.users.update(id, set, version);
    doing.step(1);
    await breath();
  }
  const rows = [...actions.edits.map(({ before: _, ...edit }) => edit), ...actions.adds.map(byHand)];
  await changeButtons(rows, ports, doing);
  if (recording !== null) await ports.recording.save({ version: office.recording.version, settings: recording });
}

function byHand(add: ButtonId & { set: ButtonPatch }) {
  return { ...add, add: true, version: 0 };
}

type Change = Parameters<ImportPorts['buttons']['change']>[0][number];

async function changeButtons(rows: readonly Change[], { buttons }: ImportPorts, { by, step }: Doing): Promise<void> {
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce);
    const { conflicts } = await buttons.change(part, by);
    const [first] = conflicts;
    if (first !== undefined) throw new ConflictError(`${first.kind} ${first.key}: ${first.message}`);
    step(part.length);
    await breath();
  }
}
