import type { Auth } from './auth/auth';
import type { ButtonBook } from './buttons/book';
import { Fop2Importer } from './fop2-import/importer';
import { inPlanThread } from './fop2-import/in-plan-thread';
import { planAnswer } from './fop2-import/plan-answer';
import type { ImportPorts } from './fop2-import/ports';
import type { PbxModel } from './pbx/model';
import type { PbxConnection } from './pbx-settings';
import type { RecordingSettingsKeeper } from './recording-settings';
import { Mutex } from './store/mutex';
import type { Store } from './store/store';

/** Beside the bundle; null: the panel runs from its sources, which a thread cannot read. */
const planThread = import.meta.url.endsWith('.ts') ? null : new URL('./fop2-import/plan-thread.js', import.meta.url);

export interface ImportParts {
  readonly store: Store;
  readonly auth: Auth;
  readonly model: Pick<PbxModel, 'maps'>;
  readonly buttons: ButtonBook;
  readonly recordings: RecordingSettingsKeeper;
  readonly connection: PbxConnection;
  readonly pbxKey: () => string;
  readonly now: () => number;
  readonly log: ImportPorts['log'];
}

/** The import of FOP2's files on the services that the pages of the administration use. */
export function composeFop2Import(parts: ImportParts): Fop2Importer {
  const { store, auth, model, buttons, recordings, connection, pbxKey, now, log } = parts;
  const looking = new Mutex();
  return new Fop2Importer({
    office: async () => ({
      access: auth.access.get(),
      users: await store.users.list(),
      buttons: buttons.list(),
      devices: [...model.maps.extensions.values()].map(({ number, devices }) => ({ number, devices })),
      recording: await recordings.get(),
      connection: await connection.get(),
    }),
    pbxKey,
    access: auth.access,
    users: {
      list: () => store.users.list(),
      update: (id, change, version) => auth.accounts.update(id, change, version),
    },
    buttons,
    recording: recordings,
    connection: {
      saved: () => connection.saved(),
      save: async ({ host, port, username, secret }, version) => {
        await connection.save({ host, port, username, secret, tls: false, ca: '', fingerprint: '', version });
      },
      restore: (saved, version) => connection.restore(saved, version),
    },
    invitations: auth.invitations,
    runs: store.imports,
    // One after the other: each may take much memory.
    plan: (work) => looking.run(async () => (planThread === null ? planAnswer(work) : inPlanThread(planThread, work))),
    now,
    log,
  });
}
