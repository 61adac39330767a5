import type { Office, OfficeQueue, Person } from './office';

/**
 * The office of the end-to-end scenarios (e2e/asterisk/pbx-config.ts, dialplan.ts, people.ts): the same people, queues,
 * lots and numbers as on the real Asterisk, so that one scenario must give one result on both.
 */
const names = [
  'Anna Berg',
  'Bilal Demir',
  'Carla Souza',
  "Dara O'Brien",
  'Émile Noël',
  'Farah Haddad',
  'Greta Lind',
  'Hiro Tanaka',
  'Ines Vidal',
  'Jonas Weiß',
  'Katja Novák',
  'Liam Byrne',
  'Mona Ali',
  'Nils Holm',
  'Olga Petrova',
  'Pavel Dvořák',
  'Quinn Adams',
  'Rosa Marín',
  'Sven Dahl',
  'Tove Ek',
];

const people: readonly Person[] = names.map((name, index) => {
  const number = String(101 + index);
  return {
    number,
    name,
    department: '',
    ringSeconds: number === '118' || number === '119' ? 2 : 20,
    voicemail: index < 8 || number === '118' ? { fresh: 0, old: 0 } : null,
    voicemailOnBusy: false,
    hint: index === 0 || index === 2 ? 'presence' : index % 2 === 1 ? 'dnd' : 'plain',
    pickupGroup: index < 10 ? '1' : '',
    callLimit: 10,
    phone: 'test-phone',
  };
});

const common = { ringSeconds: 15, retrySeconds: 1, maxWaitSeconds: 0, maxLength: 0, wrapupSeconds: 0 } as const;

const queues: readonly OfficeQueue[] = [
  {
    ...common,
    number: '500',
    name: 'support',
    strategy: 'ringall',
    members: [
      { interface: 'PJSIP/106', name: 'Farah Haddad' },
      { interface: 'Local/107@from-queue/n', name: 'Greta Lind', stateInterface: 'PJSIP/107' },
    ],
  },
  {
    ...common,
    number: '501',
    name: 'sales',
    strategy: 'rrmemory',
    members: [
      { interface: 'PJSIP/108', name: 'Hiro Tanaka' },
      { interface: 'PJSIP/109', name: 'Ines Vidal', penalty: 1 },
    ],
  },
  { ...common, number: '502', name: 'billing', strategy: 'ringall', members: [] },
];

export const scenarioOffice: Office = {
  people,
  queues,
  lots: [
    { number: '700', name: 'default', first: 701, last: 710, timeout: 45, comebackSeconds: 30 },
    { number: '720', name: 'short', first: 721, last: 725, timeout: 2, comebackSeconds: 20 },
  ],
  conferences: [
    { number: '800', room: '800' },
    { number: '801', room: '800', admin: true },
    { number: '810', room: '810' },
  ],
  trunks: [
    { name: 'trunk-in', registers: false, online: true, server: '127.0.0.1' },
    { name: 'carrier', registers: false, online: true, server: '127.0.0.1' },
  ],
  ringGroups: [
    { number: '600', seconds: 20, targets: ['103', '104', '105'].map((number) => ({ device: `PJSIP/${number}` })) },
    { number: '650', seconds: 20, targets: [{ local: '110', context: 'from-internal', optimise: true }] },
    { number: '651', seconds: 20, targets: [{ local: '111', context: 'from-internal', optimise: false }] },
  ],
  echo: ['610'],
  dids: { '5550101': '101', '5550500': '500', '5550600': '600' },
  outbound: { pattern: /^90\d+$/, strip: 1, trunk: 'carrier' },
};
