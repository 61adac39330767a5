/** The synthetic office of the test PBX. Secrets are for loopback and die with the instance. */
export interface Person {
  readonly number: string;
  readonly name: string;
  /** Seconds until an unanswered call to this phone gives up. */
  readonly ringSeconds: number;
  readonly voicemail: boolean;
  /** `plain`: `PJSIP/101`; `dnd`: `PJSIP/101&Custom:DND101`; `presence`: `PJSIP/101,CustomPresence:101`. */
  readonly hint: 'plain' | 'dnd' | 'presence';
}

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

export const people: readonly Person[] = names.map((name, index) => {
  const number = String(101 + index);
  return {
    number,
    name,
    ringSeconds: number === '118' || number === '119' ? 2 : 20,
    voicemail: index < 8 || number === '118',
    hint: index === 0 || index === 2 ? 'presence' : index % 2 === 1 ? 'dnd' : 'plain',
  };
});

/** Phones of chan_sip, on Asterisk 16 alone. */
export const sipPeople = [
  { number: '1000', name: 'Ulla Sip' },
  { number: '1001', name: 'Viggo Sip' },
] as const;

export const phoneSecret = (number: string): string => `phone-${number}`;
export const amiSecret = (username: string): string => `secret-${username}`;

/** External numbers of the trunk and what they reach. */
export const dids = { toExtension: '5550101', toQueue: '5550500', toRingGroup: '5550600' } as const;
