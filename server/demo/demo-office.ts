import type { Office, OfficeQueue, Person } from './office';

/** The house the demo shows: a supplier of workshop equipment, 48 people. All names and numbers are made up. */
const staff: Readonly<Record<string, readonly string[]>> = {
  'Reception:101': ['Amara Okafor', 'Sofia Lindqvist', 'Tomás Herrera'],
  'Sales:111': [
    'Priya Raman',
    'Marcus Webb',
    'Yuki Nakamura',
    'Élodie Marchand',
    'Kwame Mensah',
    'Hannah Fischer',
    'Diego Ramos',
    'Leila Farahani',
    'Patrick O’Connor',
    'Ingrid Solberg',
  ],
  'Support:131': [
    'Chen Wei',
    'Fatima Zahra Idrissi',
    'Oliver Hughes',
    'Ana Kovačević',
    'Samuel Adeyemi',
    'Nadia Petrov',
    'Jakub Wiśniewski',
    'Maya Goldberg',
    'Rashid Khan',
    'Grace Mwangi',
    'Lukas Baumann',
  ],
  'Accounts:151': ["Siobhán O'Neill", 'Henrik Dahl', 'Mei-Ling Tan', 'Carlos Ibáñez', 'Ruth Abrams'],
  'Logistics:161': ['Piotr Zieliński', 'Aisha Bello', 'Matteo Ricci', 'Eva Nováková', 'Jamal Carter', 'Thi Lan Nguyen'],
  'Workshop:171': ['Bjørn Eriksen', 'Emeka Nwosu', 'Stefan Popescu', 'Rosa Delgado', 'Ivan Marković'],
  'Management:181': ['Catherine Beaumont', 'Arjun Mehta', 'Judith van Dijk', 'Robert Ashworth'],
  'IT:191': ['Noor Haddad', 'Felix Brandt', 'Zanele Dube', 'Tariq Aziz'],
};

const extras: Readonly<Record<string, Partial<Person>>> = {
  '113': { presence: 'away,lunch,Back at half past one' },
  '116': { dnd: true },
  '119': { forward: { family: 'CF', to: '111' } },
  '134': { presence: 'chat,,Free for a quick question' },
  '138': { online: false },
  '141': { presence: 'xa,training,Product training until four' },
  '152': { presence: 'unavailable,holiday,On holiday until Monday' },
  '155': { forward: { family: 'CFU', to: '151' } },
  '164': { online: false },
  '172': { fop2: 'Out to lunch' },
  '173': { hint: 'both', presence: 'away,,On the shop floor' },
  '174': { fop2: 'Do not Disturb', dnd: true },
  '181': { dnd: true, presence: 'dnd,,Board meeting' },
  '183': { forward: { family: 'CFB', to: '101' } },
  '194': { online: false, presence: 'away,,Working from Leeds' },
};

/** Not every phone does what it is told. */
const makes: Readonly<Record<string, Pick<Person, 'phone'>>> = {
  Workshop: { phone: 'baresip v3.14.0 (x86_64/linux)' },
  Management: { phone: 'Grandstream GXP2170 1.0.11.79' },
};

const people: readonly Person[] = Object.entries(staff).flatMap(([key, names]) => {
  const [department = '', first = '100'] = key.split(':');
  return names.map((name, index): Person => {
    const number = String(Number(first) + index);
    return {
      number,
      name,
      department,
      ringSeconds: 20,
      voicemail:
        department === 'Workshop'
          ? null
          : { fresh: (index * 7 + name.length) % 5 === 0 ? 1 + (index % 3) : 0, old: index % 4 },
      voicemailOnBusy: true,
      // The workshop's old phones show nobody's presence.
      hint: department === 'Workshop' ? 'dnd' : 'both',
      callLimit: department === 'Reception' ? 4 : 2,
      ...makes[department],
      ...extras[number],
    };
  });
});

const agents = (department: string, penalty = 0) =>
  people
    .filter((person) => person.department === department)
    .map(({ number, name }) => ({ interface: `PJSIP/${number}`, name, penalty }));

const common = { ringSeconds: 15, retrySeconds: 3, maxWaitSeconds: 300, maxLength: 8, wrapupSeconds: 5 } as const;

const queues: readonly OfficeQueue[] = [
  {
    ...common,
    number: '601',
    name: 'support',
    strategy: 'rrmemory',
    members: agents('Support').map((member, index) =>
      index === 10 ? { ...member, pausedReason: 'Training' } : member,
    ),
  },
  { ...common, number: '602', name: 'sales', strategy: 'leastrecent', members: agents('Sales').slice(0, 7) },
  {
    ...common,
    number: '603',
    name: 'billing',
    strategy: 'ringall',
    // Through a Local channel with a state interface, as FreePBX adds its members.
    members: agents('Accounts')
      .slice(0, 3)
      .map(({ interface: device, name }) => ({
        interface: `Local/${device.slice(6)}@from-queue/n`,
        stateInterface: device,
        name,
      })),
  },
];

/** Direct numbers: 020 7946 0101 … reach extension 101 … (a range kept free for fiction). */
const directNumbers = Object.fromEntries(people.map(({ number }) => [`02079460${number}`, number]));

export const demoOffice: Office = {
  people,
  queues,
  lots: [{ number: '700', name: 'default', first: 701, last: 720, timeout: 90, comebackSeconds: 25 }],
  conferences: ['800', '801', '802'].map((room) => ({ number: room, room })),
  trunks: [
    { name: 'carrier-a', registers: true, online: true, server: 'sip.carrier-a.example' },
    { name: 'carrier-b', registers: true, online: true, server: 'sip.carrier-b.example' },
  ],
  ringGroups: [
    { number: '600', seconds: 25, targets: ['101', '102', '103'].map((number) => ({ device: `PJSIP/${number}` })) },
  ],
  dids: { ...directNumbers, '02079460000': '600', '02079460001': '601', '02079460002': '602', '02079460003': '603' },
  outbound: { pattern: /^0\d{6,14}$/, strip: 0, trunk: 'carrier-a' },
};
