import { plainPerson } from '@/server/protocol/configured';
import type { ExtensionRecord, FeatureOrigin } from '@/server/protocol/records';

/** For tests: what was so at the first read. */
export const fromPbx: FeatureOrigin = { source: 'pbx', by: null, since: null };

/** For tests: somebody free with nothing set. */
export function person(change: Partial<ExtensionRecord> = {}): ExtensionRecord {
  return {
    ...plainPerson,
    kind: 'person',
    number: '101',
    name: 'Anna',
    device: '',
    devices: [],
    phone: { model: null, answers: 'unknown' },
    context: '',
    mailbox: null,
    state: 'idle',
    dnd: { ...fromPbx, on: false, note: null, until: null },
    forward: { always: null, busy: null, noAnswer: null, ringCount: null, origins: {} },
    presence: { ...fromPbx, state: 'not_set', subtype: '', message: '', until: null },
    unsynced: [],
    voicemail: { new: 0, old: 0 },
    calls: [],
    ...change,
  };
}
