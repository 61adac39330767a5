import type { Grant } from './access';

export type Granted = Grant['permission'];

interface Words {
  readonly name: string;
  readonly about: string;
  /** It acts on people, their calls or queues, so that it can hold for some only. */
  readonly limitable: boolean;
  /** Without a limit, where that is not `For everybody`. */
  readonly unlimited?: string;
}

const some = true;
const all = false;

function words(name: string, about: string, limitable: boolean): Words {
  return { name, about, limitable };
}

export const permissionWords: Readonly<Record<Granted, Words>> = {
  dial: words('Call', 'Make calls, answer and hold, send digits with their phone', some),
  hangup: words('Hang up', 'End any call', some),
  hangupself: words('Hang up own calls', 'End calls in which their own phone takes part', all),
  transfer: words('Transfer', 'Send callers on, ask first, take them back', some),
  transferexternal: words('Transfer to the outside', 'As far as the number rules allow it', some),
  pickup: words('Pick up', 'Take what rings elsewhere, or waits in a queue', some),
  park: words('Park', 'Park calls and take them back', some),
  spy: words('Listen', 'Hear calls of others, whisper, join them', some),
  record: words('Record', 'Record any call', some),
  recordself: words('Record own calls', 'Record calls in which their own phone takes part', all),
  conference: words('Conferences', 'Open, invite, mute, remove, lock and end', some),
  queuemanager: words('Manage queues', 'Log others in and out, pause them, set penalties', some),
  queueagent: { ...words('Work in queues', 'Log themselves in and out, and pause', some), unlimited: 'In every queue' },
  dnd: words('Do not disturb of others', 'Turn it on and off for anybody', some),
  dndself: words('Own do not disturb', 'Turn it on and off for themselves', all),
  forward: words('Forwarding of others', 'Set where the calls of anybody go', some),
  forwardself: words('Own forwarding', 'Set where their own calls go', all),
  presence: words('Presence of others', 'Set what anybody does just now', some),
  presenceself: words('Own presence', 'Set what they do themselves', all),
  phonebook: words('Phone book', 'Use the shared phone book', all),
  callhistory: words('Earlier calls', 'See calls that are over, and write notes on calls', some),
  voicemailadmin: words('Voicemail of others', 'Hear and delete messages in other mailboxes', some),
  broadcast: words('Messages to everybody', 'Show a message on every panel', all),
  callernumbers: words('Numbers of callers', 'See the numbers and names of callers outside; else they are dots', some),
};

/** As an administrator looks for them. */
export const permissionSections: readonly { readonly title: string; readonly names: readonly Granted[] }[] = [
  {
    title: 'Handling calls',
    names: ['dial', 'hangupself', 'hangup', 'transfer', 'transferexternal', 'pickup', 'park', 'conference'],
  },
  { title: 'Listening and recording', names: ['recordself', 'record', 'spy'] },
  { title: 'Queues', names: ['queueagent', 'queuemanager'] },
  { title: 'Their own availability', names: ['dndself', 'forwardself', 'presenceself'] },
  { title: 'Availability of others', names: ['dnd', 'forward', 'presence'] },
  {
    title: 'Numbers, records and messages',
    names: ['callernumbers', 'callhistory', 'phonebook', 'voicemailadmin', 'broadcast'],
  },
];
