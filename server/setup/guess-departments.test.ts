import { describe, expect, it } from 'vitest';
import { guessDepartments, type PersonFacts } from './guess-departments';
import { nameCandidates } from './name-candidates';
import { suggestedRole, suggestedUsernames } from './suggest-users';

function person(number: string, name: string, facts: Partial<PersonFacts> = {}): PersonFacts {
  const nothing = { department: '', accountCode: '', voicemail: 'default', pickupGroup: '' };
  return { number, name, ...nothing, context: 'from-internal', queues: [], ...facts };
}

/** `Sales: 201 202`, one per guess. */
function told(people: readonly PersonFacts[]): string[] {
  return guessDepartments(people).map(({ name, numbers }) => `${name}: ${numbers.join(' ')}`);
}

describe('departments guessed', () => {
  it('from what the PBX keeps, one person alone too, in whatever case it was typed', () => {
    const people = [
      person('101', 'Anna Berg', { department: 'Sales' }),
      person('102', 'Bilal Demir', { department: 'sales ' }),
      person('103', 'Carla Souza', { department: 'Board' }),
    ];
    expect(told(people)).toEqual(['Sales: 101 102', 'Board: 103']);
    expect(guessDepartments(people)[0]?.why).toBe('They have this department already.');
  });

  it('from names, on whichever side the department stands', () => {
    const people = [
      person('201', 'Anna Berg (Sales)'),
      person('202', 'Bilal Demir [Sales]'),
      person('210', 'Support - Carla'),
      person('211', 'Dara - Support'),
      person('212', 'Support: Émile'),
      person('220', 'Meeting room 1'),
      person('221', 'Meeting room 2'),
      person('230', 'Farah Haddad'),
    ];
    expect(told(people)).toEqual(['Sales: 201 202', 'Support: 210 211 212', 'Meeting room: 220 221']);
    expect(guessDepartments(people)[0]?.why).toBe('Their names say so, such as “Anna Berg (Sales)”.');
  });

  it('not from what names of phones have behind them', () => {
    expect(
      told([person('101', 'Anna (mobile)'), person('102', 'Bilal (Mobile)'), person('103', 'Carla (DECT)')]),
    ).toEqual([]);
    expect(nameCandidates('Anna-Maria Berg')).toEqual([]);
    expect(nameCandidates('101')).toEqual([]);
  });

  it('joins what several signs say of one department', () => {
    const people = [
      person('301', 'Anna', { department: 'Billing' }),
      person('302', 'Bilal (billing)'),
      person('303', 'Carla', { queues: ['billing'] }),
      person('304', 'Dara'),
      person('401', 'Émile'),
    ];
    const [billing] = guessDepartments(people);
    expect(billing).toMatchObject({ name: 'Billing', source: 'department', numbers: ['301', '302', '303', '304'] });
    expect(billing?.why).toContain('1 of them: their names say so');
    expect(billing?.why).toContain('1 of them: they answer the queue billing');
    expect(billing?.why).toContain('their numbers lie together, 300 to 399');
  });

  it('from mailboxes, account codes, pickup groups and contexts that some share', () => {
    const people = [
      ...['101', '102', '103'].map((number) => person(number, number, { voicemail: 'front-desk' })),
      ...['111', '112'].map((number) => person(number, number, { accountCode: 'WAREHOUSE' })),
      ...['121', '122'].map((number) => person(number, number, { pickupGroup: '7' })),
      ...['131', '132'].map((number) => person(number, number, { context: 'from-workshop' })),
      person('141', '141', { accountCode: '141' }),
    ];
    expect(told(people)).toEqual([
      'Front desk: 101 102 103',
      'WAREHOUSE: 111 112',
      'Pickup group 7: 121 122',
      'Workshop: 131 132',
    ]);
  });

  it('not from what everybody has', () => {
    const people = ['101', '102', '103', '104'].map((number) =>
      person(number, number, { voicemail: 'acme', context: 'acme-phones', pickupGroup: '1', queues: ['everybody'] }),
    );
    expect(told(people)).toEqual([]);
  });

  it('who is in several queues belongs to the smallest', () => {
    const people = [
      person('101', 'A', { queues: ['all-hands', 'support'] }),
      person('102', 'B', { queues: ['all-hands', 'support'] }),
      person('103', 'C', { queues: ['all-hands'] }),
      person('104', 'D', { queues: ['all-hands', '600'] }),
      person('105', 'E', { queues: ['600'] }),
      person('106', 'F'),
    ];
    expect(told(people)).toEqual(['Support: 101 102', 'Queue 600: 104 105']);
  });

  it('from numbers that lie together, when they lie in several places', () => {
    const numbers = ['2001', '2002', '2003', '2101', '2102', '2103', '2104', '2301'];
    expect(told(numbers.map((number) => person(number, number)))).toEqual([
      'Extensions 20xx: 2001 2002 2003',
      'Extensions 21xx: 2101 2102 2103 2104',
    ]);
    expect(told(['101', '102', '103', '104'].map((number) => person(number, number)))).toEqual([]);
  });

  it('puts everybody into one department at most, and is quick for ten thousand', () => {
    const people = Array.from({ length: 10_000 }, (_, index) =>
      person(String(10_000 + index), index % 3 === 0 ? `P${index} (Team ${index % 40})` : `P${index}`, {
        queues: index % 5 === 0 ? [`queue-${index % 25}`] : [],
        voicemail: index % 7 === 0 ? `vm${index % 21}` : 'default',
      }),
    );
    const guesses = guessDepartments(people);
    const all = guesses.flatMap(({ numbers }) => numbers);
    expect(new Set(all).size).toBe(all.length);
    expect(guesses.length).toBeGreaterThan(40);
  });
});

describe('people suggested for an account', () => {
  const somebody = (number: string, name: string, email: string | null = null) => ({
    number,
    name,
    email,
    department: null,
  });

  it('have a user name of their e-mail, their name or their number, unlike the others', () => {
    const names = suggestedUsernames(
      [
        somebody('101', 'Anna Berg', 'a.berg@example.com'),
        somebody('102', 'Jonas Weiß (Sales)'),
        somebody('103', 'Émile Noël', 'info@example.com'),
        somebody('104', "Dara O'Brien"),
        somebody('105', 'Anna Berg'),
        somebody('106', 'Anna Berg'),
        somebody('107', ''),
        somebody('108', '田中'),
      ],
      new Set(['admin', 'anna.berg']),
    );
    expect([...names.values()]).toEqual([
      'a.berg',
      'jonas.weiss',
      'emile.noel',
      'dara.obrien',
      'anna.berg.105',
      'anna.berg.106',
      '107',
      '108',
    ]);
  });

  it('are receptionists when their name or department says so', () => {
    expect(suggestedRole({ name: 'Reception', department: null })).toBe('receptionist');
    expect(suggestedRole({ name: 'Tove Ek', department: 'Front desk' })).toBe('receptionist');
    expect(suggestedRole({ name: 'Tove Ek', department: 'Sales' })).toBe('member');
  });
});
