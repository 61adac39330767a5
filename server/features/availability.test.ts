import { describe, expect, it } from 'vitest';
import { FakeSystem, openOffice, rest, TestClock, TestRows } from './fakes';

const astdb = () => new FakeSystem('astdb', ['dnd', 'always']);
const presence = () => new FakeSystem('presence', ['presence']);
const dfks = () => new FakeSystem('dfks', ['dnd'], 'own');
const fop2 = () => new FakeSystem('fop2', ['dnd']);

const dnd = (on: boolean, note: string | null = null, until: string | null = null) =>
  ({ feature: 'dnd', on, note, until }) as const;
const lunch = { state: 'away', subtype: 'lunch', message: '' } as const;
const be = (state: 'available' | 'away' | 'dnd', message = '', until: string | null = null) =>
  ({ feature: 'presence', presence: { state, subtype: '', message }, until }) as const;

/** As they were when a process was killed: what others write later is not in them. */
function copyOf({ rows }: TestRows): TestRows {
  const copy = new TestRows();
  for (const [key, value] of rows) copy.rows.set(key, value);
  return copy;
}

async function connected(...systems: FakeSystem[]) {
  const office = await openOffice({ systems });
  await office.connect();
  return office;
}

describe('a wish', () => {
  it('is written to every backend once, the primary first, and tells who, why and until when (T3, W1, W2)', async () => {
    const [a, f, d] = [astdb(), fop2(), dfks()];
    const office = await connected(a, f, d);
    const order: string[] = [];
    for (const system of [a, f, d]) system.gate = async () => void order.push(system.id);
    const until = '2026-11-21T14:00:00.000Z';
    expect(await office.availability.wish('101', dnd(true, 'lunch', until), 'anna')).toEqual({
      kind: 'done',
      warning: null,
    });
    await rest();
    expect(order[0]).toBe('astdb');
    for (const system of [a, f, d]) expect(system.writes).toEqual(['101/dnd=YES']);
    expect(office.told('101')?.dnd).toEqual({
      on: true,
      source: 'panel',
      by: 'anna',
      note: 'lunch',
      until,
      since: '2026-11-21T12:00:00.000Z',
    });
    expect(office.history).toHaveLength(1);
    expect(office.history[0]).toMatchObject({
      number: '101',
      feature: 'dnd',
      from: 'off',
      to: 'on',
      by: 'anna',
      note: 'lunch',
    });
    expect(office.dndChanges).toEqual(['101 on']);
  });

  it('changes nothing when the primary refuses, and says why (W2)', async () => {
    const [a, f] = [astdb(), fop2()];
    const office = await connected(a, f);
    a.answer = { kind: 'refused', message: 'Asterisk refused DBPut.' };
    expect(await office.availability.wish('101', dnd(true), 'anna')).toEqual({
      kind: 'refused',
      message: 'Asterisk refused DBPut.',
    });
    expect(office.availability.values('101').dnd).toBe(false);
    expect(f.writes).toEqual([]);
    expect(office.history).toEqual([]);
    expect(office.told('101')?.unsynced ?? []).toEqual([]);
  });

  it('is refused at once while the PBX is away: nobody waits (W5)', async () => {
    const a = astdb();
    const office = await connected(a);
    office.disconnect();
    expect((await office.availability.wish('101', dnd(true), 'anna')).kind).toBe('away');
    await office.connect();
    expect(a.writes).toEqual([]);
  });

  it('is kept by the panel alone where no backend keeps the feature (W6)', async () => {
    const office = await connected(astdb());
    expect(await office.availability.wish('101', be('away', 'lunch'), 'anna')).toMatchObject({ kind: 'done' });
    expect(office.told('101')?.presence).toMatchObject({
      state: 'away',
      message: 'lunch',
      source: 'panel',
      by: 'anna',
    });
  });

  it('of quick clicks ends in the last, everywhere', async () => {
    const [a, f] = [astdb(), fop2()];
    const office = await connected(a, f);
    const wishes = [true, false, true, false].map((on) => office.availability.wish('101', dnd(on), 'anna'));
    await Promise.all(wishes);
    await rest();
    expect([a.held('101', 'dnd'), f.held('101', 'dnd'), office.availability.values('101').dnd]).toEqual([
      '',
      '',
      false,
    ]);
  });

  it('for the same value claims it and keeps since (T3)', async () => {
    const a = astdb();
    const office = await connected(a);
    a.put('101', 'dnd', 'YES');
    await office.clock.pass(60_000);
    await office.availability.wish('101', dnd(true, 'now mine'), 'anna');
    expect(office.told('101')?.dnd).toMatchObject({
      source: 'panel',
      by: 'anna',
      note: 'now mine',
      since: '2026-11-21T12:00:00.000Z',
    });
    expect(office.history.map(({ from, to, by }) => [from, to, by])).toEqual([
      ['off', 'on', null],
      ['on', 'on', 'anna'],
    ]);
  });
});

describe('what a backend tells', () => {
  it('becomes true and is written to the others, not back (T1, W1)', async () => {
    const [a, f, d] = [astdb(), fop2(), dfks()];
    const office = await connected(a, f, d);
    f.put('101', 'dnd', 'YES');
    await rest();
    expect(office.told('101')?.dnd).toMatchObject({
      on: true,
      source: 'fop2',
      by: null,
      since: '2026-11-21T12:00:00.000Z',
    });
    expect([a.writes, f.writes, d.writes]).toEqual([['101/dnd=YES'], [], ['101/dnd=YES']]);
    office.availability.report('dfks', '101', 'dnd', '');
    await rest();
    expect(office.told('101')?.dnd).toMatchObject({ on: false, source: 'dfks' });
    expect([a.held('101', 'dnd'), f.held('101', 'dnd'), d.writes.length]).toEqual(['', '', 1]);
  });

  it('is no change when it is our own echo, however late (E1, E2)', async () => {
    const a = astdb();
    const office = await connected(a);
    const events: (() => void)[] = [];
    const tell = a.onChange;
    a.onChange = (...event) => events.push(() => tell(...event));
    await office.availability.wish('101', dnd(true), 'anna');
    await office.availability.wish('101', dnd(false), 'anna');
    for (const event of events) event();
    await rest();
    expect(office.history.map(({ to }) => to)).toEqual(['on', 'off']);
    expect(a.writes).toEqual(['101/dnd=YES', '101/dnd=']);
    expect(office.told('101')?.dnd.source).toBe('panel');
  });

  it('is a change again when an echo of the same text has long been due (E2)', async () => {
    const a = astdb();
    const office = await connected(a);
    a.onChange = () => undefined;
    await office.availability.wish('101', dnd(true), 'anna');
    await office.clock.pass(6_000);
    const at = office.clock.now();
    office.availability.observe({ type: 'held', at, backend: 'astdb', number: '101', slot: 'dnd', held: '' });
    office.availability.observe({ type: 'held', at, backend: 'astdb', number: '101', slot: 'dnd', held: 'YES' });
    expect(office.history.map(({ to, source }) => `${to} ${source}`)).toEqual(['on panel', 'off pbx', 'on pbx']);
  });

  it('during a write is read again, and the last one heard wins (E3, T2)', async () => {
    const a = astdb();
    const office = await connected(a);
    let release = (): void => undefined;
    a.gate = () => new Promise<void>((resolve) => (release = resolve));
    const wish = office.availability.wish('101', { feature: 'always', to: '200', ringCount: null }, 'anna');
    await rest();
    a.put('101', 'always', '300');
    a.gate = () => Promise.resolve();
    release();
    await wish;
    await rest();
    expect(a.held('101', 'always')).toBe(office.availability.values('101').always.to);
    expect(office.told('101')?.unsynced).toEqual([]);
  });

  it('in a list that was begun before our write is not believed (E4)', async () => {
    const a = astdb();
    const office = await connected(a);
    const readFrom = office.clock.now();
    await office.clock.pass(10);
    await office.availability.wish('101', dnd(true), 'anna');
    const at = office.clock.now();
    office.availability.observe({
      type: 'list.held',
      at,
      repair: true,
      backend: 'astdb',
      slot: 'dnd',
      readFrom,
      rows: [],
    });
    await rest();
    expect(office.availability.values('101').dnd).toBe(true);
    expect(a.writes).toHaveLength(1);
  });

  it('by a periodic read is a change of that time (S5)', async () => {
    const a = astdb();
    const office = await connected(a);
    a.onChange = () => undefined;
    a.put('101', 'dnd', 'YES');
    await office.clock.pass(5_000);
    await office.reconcile();
    expect(office.told('101')?.dnd).toMatchObject({ on: true, source: 'pbx', since: '2026-11-21T12:00:05.001Z' });
  });

  it('about a mirror that disagrees lets the mirror be repaired, not over and over (repair)', async () => {
    const a = astdb();
    const repaired: string[] = [];
    const backend = Object.assign(a, {
      repair: async (person: { number: string }, slot: string, held: string) => {
        repaired.push(`${person.number}/${slot}=${held}`);
        return { kind: 'done' } as const;
      },
    });
    const office = await connected(backend);
    const wrong = () =>
      office.availability.observe({
        type: 'held',
        at: office.clock.now(),
        backend: 'astdb',
        number: '101',
        slot: 'dnd',
        held: '',
        mirror: 'wrong',
      });
    wrong();
    wrong();
    expect(repaired).toEqual(['101/dnd=']);
    await office.clock.pass(11_000);
    wrong();
    expect(repaired).toHaveLength(2);
  });
});

describe('a backend that is away', () => {
  it('gets the newest value only when it is back, and shows what is not yet there (W3)', async () => {
    const [a, d] = [astdb(), dfks()];
    const office = await connected(a, d);
    d.answer = { kind: 'away', message: 'OpenSIPS does not answer.' };
    await office.availability.wish('101', dnd(true), 'anna');
    await rest();
    expect(office.told('101')?.unsynced).toEqual([
      { feature: 'dnd', backend: 'dfks', kind: 'away', reason: 'OpenSIPS does not answer.' },
    ]);
    expect(office.health()?.backends.find(({ id }) => id === 'dfks')).toMatchObject({
      state: 'away',
      problem: 'OpenSIPS does not answer.',
    });
    await office.availability.wish('101', dnd(false), 'anna');
    await office.availability.wish('101', dnd(true, 'again'), 'anna');
    const tried = d.writes.length;
    d.answer = null;
    await office.clock.pass(2_000);
    expect(d.writes.slice(tried)).toEqual(['101/dnd=YES']);
    expect(d.held('101', 'dnd')).toBe('YES');
    expect(office.told('101')?.unsynced).toEqual([]);
    expect(office.health()?.backends.find(({ id }) => id === 'dfks')?.state).toBe('up');
  });

  it('may have taken what it did not answer: it is told again, though nothing is new by then (W3)', async () => {
    const d = dfks();
    const office = await connected(d);
    d.write = async ({ person, slot, held }) => {
      d.holds.set(`${person.number}/${slot}`, held);
      return { kind: 'away', message: 'OpenSIPS did not answer within 3 seconds.' };
    };
    await office.availability.wish('101', dnd(true), 'anna');
    await office.availability.wish('101', dnd(false), 'anna');
    expect(d.held('101', 'dnd')).toBe('YES');
    d.write = FakeSystem.prototype.write;
    await office.clock.pass(60_000);
    expect(d.held('101', 'dnd')).toBe('');
    expect(office.told('101')?.unsynced).toEqual([]);
  });

  it('is asked less and less often, by one write at a time (W3)', async () => {
    const d = dfks();
    const people = Array.from({ length: 20 }, (_, index) => String(200 + index));
    const office = await openOffice({ systems: [d], people });
    await office.connect();
    d.answer = { kind: 'away', message: 'no' };
    for (const number of people) await office.availability.wish(number, dnd(true), 'anna');
    const before = d.writes.length;
    await office.clock.pass(120_000);
    expect(d.writes.length - before).toBeLessThan(12);
    d.answer = null;
    await office.clock.pass(120_000);
    expect(people.every((number) => d.held(number, 'dnd') === 'YES')).toBe(true);
  });

  it('holds something newer when it is back: that wins (W3, S2)', async () => {
    const [a, d] = [astdb(), dfks()];
    const office = await connected(a, d);
    office.disconnect();
    office.availability.report('dfks', '101', 'dnd', 'YES');
    office.availability.report('dfks', '102', 'dnd', 'YES');
    expect(office.told('102')?.unsynced).toMatchObject([{ backend: 'astdb', kind: 'away' }]);
    a.holds.set('101/always', '200');
    await office.connect();
    expect(a.held('102', 'dnd')).toBe('YES');
    expect(a.held('101', 'dnd')).toBe('YES');
    expect(office.told('101')?.forward).toMatchObject({
      always: '200',
      origins: { always: { source: 'pbx', since: null } },
    });
  });

  it('that refuses shows it, and is not asked again before something changes (W4)', async () => {
    const [a, f] = [astdb(), fop2()];
    const office = await connected(a, f);
    f.answer = { kind: 'refused', message: 'no class' };
    await office.availability.wish('101', dnd(true), 'anna');
    await rest();
    await office.clock.pass(600_000);
    expect(f.writes).toHaveLength(1);
    expect(office.told('101')?.unsynced).toEqual([
      { feature: 'dnd', backend: 'fop2', kind: 'refused', reason: 'no class' },
    ]);
    f.answer = null;
    office.disconnect();
    await office.connect();
    expect(f.held('101', 'dnd')).toBe('YES');
    expect(office.told('101')?.unsynced).toEqual([]);
  });
});

describe('the first meeting', () => {
  it('the first in the order decides, the others are written (S3)', async () => {
    const [a, f] = [astdb(), fop2()];
    a.holds.set('101/dnd', 'YES');
    f.holds.set('102/dnd', 'YES');
    const office = await connected(a, f);
    expect([f.held('101', 'dnd'), f.held('102', 'dnd')]).toEqual(['YES', '']);
    expect(office.told('101')?.dnd).toMatchObject({ on: true, source: 'pbx', since: null });
    expect([...a.writes]).toEqual([]);
    expect(office.history).toEqual([]);
  });

  it('a backend that holds nothing for anybody has no say (S3)', async () => {
    const [a, f] = [astdb(), fop2()];
    f.holds.set('102/dnd', 'YES');
    const office = await connected(a, f);
    expect(a.held('102', 'dnd')).toBe('YES');
    expect(office.told('102')?.dnd).toMatchObject({ on: true, source: 'fop2' });
  });

  it('of do-not-disturb and presence lets the first one told decide', async () => {
    const [a, p] = [astdb(), presence()];
    a.holds.set('101/dnd', 'YES');
    p.holds.set('101/presence', 'away:lunch');
    p.holds.set('102/presence', 'dnd:quiet');
    const office = await connected(a, p);
    expect(p.held('101', 'presence')).toBe('dnd:');
    expect(p.held('102', 'presence')).toBe('available:');
    await office.availability.wish('101', dnd(false), 'anna');
    await rest();
    expect(p.held('101', 'presence')).toBe('away:lunch');
  });
});

describe('a connection that is lost', () => {
  it('before it ever was up takes along what it told (S4)', async () => {
    const office = await connected(astdb());
    office.disconnect();
    const at = office.clock.now();
    office.availability.observe({ type: 'link', at, link: 'syncing' });
    office.availability.observe({ type: 'held', at, backend: 'astdb', number: '101', slot: 'dnd', held: 'YES' });
    office.disconnect();
    await office.connect();
    expect(office.availability.values('101').dnd).toBe(false);
  });

  it('during a write: what is found of it later is ours, and no news (E2, W3)', async () => {
    const [a, d] = [astdb(), dfks()];
    const office = await connected(a, d);
    office.availability.report('dfks', '101', 'dnd', 'YES');
    await rest();
    let goOn = (): void => undefined;
    a.write = async ({ person, slot, held }) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      a.holds.set(`${person.number}/${slot}`, held);
      return { kind: 'away', message: 'the answer was lost' };
    };
    office.availability.report('dfks', '101', 'dnd', '');
    await rest();
    office.disconnect();
    goOn();
    await rest();
    office.availability.report('dfks', '101', 'dnd', 'YES');
    await office.clock.pass(60_000);
    a.write = FakeSystem.prototype.write;
    await office.connect();
    expect([office.availability.values('101').dnd, a.held('101', 'dnd')]).toEqual([true, 'YES']);
  });
});

describe('the database', () => {
  it('that refuses is asked again, without waiting for the next change (S1)', async () => {
    const rows = new TestRows();
    const office = await openOffice({ systems: [astdb()], rows });
    await office.connect();
    const { save } = rows;
    rows.save = () => Promise.reject(new Error('locked'));
    await office.availability.wish('101', dnd(true), 'anna');
    await office.clock.pass(1_000);
    rows.save = save;
    await office.clock.pass(10_000);
    expect(rows.rows.get('pbx 101')).toContain('"dnd":true');
  });

  it('is given the changes of a whole PBX in portions: one transaction would take too long for ever', async () => {
    const [a, rows] = [astdb(), new TestRows()];
    for (let number = 10_000; number < 12_500; number += 1) a.holds.set(`${number}/dnd`, 'YES');
    const office = await openOffice({ systems: [a], rows });
    const portions: number[] = [];
    const { save } = rows;
    rows.save = (pbx, some) => {
      portions.push(some.length);
      return save(pbx, some);
    };
    await office.connect();
    await office.clock.pass(1_000);
    expect(portions).toEqual([1_000, 1_000, 500]);
  });
});

describe('another PBX', () => {
  it('leaves what is known of the former one for the return (S1, S6)', async () => {
    const office = await connected(astdb());
    await office.availability.wish('101', dnd(true), 'anna');
    office.disconnect();
    await office.availability.follow('other');
    expect(office.availability.values('101').dnd).toBe(false);
    await office.availability.follow('pbx');
    expect(office.availability.values('101').dnd).toBe(true);
  });

  it('does not get what could not be written of the former one (S6)', async () => {
    const rows = new TestRows();
    const office = await openOffice({ systems: [astdb()], rows });
    await office.connect();
    await office.availability.wish('101', dnd(true), 'anna');
    office.disconnect();
    await office.availability.follow('other');
    await office.availability.wish('101', { feature: 'presence', presence: lunch, until: null }, 'bert');
    await office.clock.pass(1_000);
    const other = rows.rows.get('other 101');
    const { save } = rows;
    rows.save = () => Promise.reject(new Error('locked'));
    await office.availability.follow('pbx');
    await office.availability.wish('101', { feature: 'presence', presence: lunch, until: null }, 'bert');
    await office.availability.follow('other');
    rows.save = save;
    await office.clock.pass(10_000);
    expect(rows.rows.get('other 101')).toBe(other);
  });

  it('that cannot be read does not take the place of the former one (S6)', async () => {
    const rows = new TestRows();
    const office = await openOffice({ systems: [astdb()], rows });
    await office.connect();
    await office.availability.wish('101', dnd(true), 'anna');
    office.disconnect();
    const { load } = rows;
    rows.load = () => Promise.reject(new Error('locked'));
    await expect(office.availability.follow('other')).rejects.toThrow('locked');
    rows.load = load;
    await office.availability.follow('pbx');
    expect(office.availability.values('101').dnd).toBe(true);
  });

  it('hears nothing of answers that come late to the former one (S6)', async () => {
    const d = dfks();
    const office = await connected(astdb(), d);
    let goOn = (): void => undefined;
    d.gate = () => new Promise((resolve) => (goOn = resolve));
    await office.availability.wish('101', dnd(true), 'anna');
    await rest();
    const told = office.told('101');
    office.disconnect();
    await office.availability.follow('other');
    d.answer = { kind: 'refused', message: 'no' };
    goOn();
    await rest();
    expect(office.told('101')).toBe(told);
  });
});

describe('a restart', () => {
  it('keeps source, person, since, note and end of what is still so (S1)', async () => {
    const [a, rows, clock] = [astdb(), new TestRows(), new TestClock()];
    const first = await openOffice({ systems: [a], rows, clock });
    await first.connect();
    await first.availability.wish('101', dnd(true, 'lunch', '2026-11-21T14:00:00.000Z'), 'anna');
    await first.availability.close();
    clock.time += 60_000;
    const second = await openOffice({ systems: [a], rows, clock });
    expect(second.told('101')?.dnd).toEqual(first.told('101')?.dnd);
    await second.connect();
    expect(second.told('101')?.dnd).toEqual(first.told('101')?.dnd);
    expect(a.writes).toHaveLength(1);
    expect(second.history).toEqual([]);
  });

  it('in a crash right after the answer loses nothing of it (S1)', async () => {
    const [a, rows, clock] = [astdb(), new TestRows(), new TestClock()];
    const first = await openOffice({ systems: [a], rows, clock });
    await first.connect();
    await first.availability.wish('101', dnd(true, 'lunch', '2026-11-21T14:00:00.000Z'), 'anna');
    const second = await openOffice({ systems: [a], rows, clock });
    await second.connect();
    expect(second.told('101')?.dnd).toMatchObject({ by: 'anna', note: 'lunch', until: '2026-11-21T14:00:00.000Z' });
  });

  for (const landed of [true, false]) {
    /** A panel that was killed while the presence was being written; what it wrote down, and what the systems hold. */
    const crashed = async () => {
      const [a, p, rows] = [astdb(), presence(), new TestRows()];
      const office = await openOffice({ systems: [a, p], rows });
      await office.connect();
      p.gate = () => new Promise(() => undefined);
      await office.availability.wish('101', dnd(true, null, '2026-11-21T12:30:00.000Z'), 'anna');
      const systems = [astdb(), presence()] as const;
      systems[0].holds.set('101/dnd', 'YES');
      if (landed) systems[1].holds.set('101/presence', 'dnd:');
      return { systems, rows: copyOf(rows) };
    };
    const write = landed ? 'done' : 'not done';

    it(`in a crash loses nothing, and a write that was ${write} is no news (S1, E2)`, async () => {
      const { systems, rows } = await crashed();
      const office = await openOffice({ systems, rows });
      await office.connect();
      expect(office.told('101')?.dnd).toMatchObject({ on: true, by: 'anna', until: '2026-11-21T12:30:00.000Z' });
      expect(office.history).toEqual([]);
      expect(systems[1].held('101', 'presence')).toBe('dnd:');
    });

    it(`in a crash keeps its end, with a write that was ${write}; the same from the phone is news afterwards (U1, E2)`, async () => {
      const { systems, rows } = await crashed();
      const [a, p] = systems;
      const clock = new TestClock();
      clock.time += 3_600_000;
      const office = await openOffice({ systems, rows, clock });
      await clock.pass(1);
      await office.connect();
      expect(office.told('101')?.dnd).toMatchObject({ on: false, source: 'timer' });
      expect([a.held('101', 'dnd'), p.held('101', 'presence')]).toEqual(['', '']);
      p.put('101', 'presence', 'dnd:');
      await rest();
      expect(office.told('101')?.dnd).toMatchObject({ on: true, source: 'presence' });
    });
  }

  it('does not wait for a disk that hangs', async () => {
    const [a, rows] = [astdb(), new TestRows()];
    const office = await openOffice({ systems: [a], rows });
    await office.connect();
    rows.save = () => new Promise(() => undefined);
    let answered = false;
    void office.availability.wish('101', dnd(true), 'anna').then(() => (answered = true));
    await rest();
    expect(answered).toBe(false);
    await office.clock.pass(1_100);
    expect(answered).toBe(true);
  });

  it('believes what was changed meanwhile (S2)', async () => {
    const [a, f, rows] = [astdb(), fop2(), new TestRows()];
    const first = await openOffice({ systems: [a, f], rows });
    await first.connect();
    await first.availability.wish('101', dnd(true), 'anna');
    await rest();
    await first.availability.close();
    a.onChange = () => undefined;
    a.put('101', 'dnd', '');
    const second = await openOffice({ systems: [a, f], rows });
    await second.connect();
    expect(second.told('101')?.dnd).toMatchObject({ on: false, source: 'pbx', since: null });
    expect(f.held('101', 'dnd')).toBe('');
  });

  it('carries out what waited (W3, S1)', async () => {
    const [a, d, rows] = [astdb(), dfks(), new TestRows()];
    const first = await openOffice({ systems: [a, d], rows });
    await first.connect();
    d.answer = { kind: 'away', message: 'no' };
    await first.availability.wish('101', dnd(true), 'anna');
    await rest();
    await first.availability.close();
    d.answer = null;
    const second = await openOffice({ systems: [a, d], rows });
    await second.connect();
    expect(d.held('101', 'dnd')).toBe('YES');
  });

  it('starts anew from rows that cannot be read', async () => {
    const [a, rows] = [astdb(), new TestRows()];
    rows.rows.set('pbx 101', '{"values":');
    rows.rows.set('pbx 102', '{"values":{"dnd":"perhaps"}}');
    a.holds.set('101/dnd', 'YES');
    const office = await openOffice({ systems: [a], rows });
    await office.connect();
    expect(office.told('101')?.dnd.on).toBe(true);
  });

  it('has nothing of another PBX (S6)', async () => {
    const a = astdb();
    const office = await connected(a);
    await office.availability.wish('101', dnd(true), 'anna');
    office.disconnect();
    await office.availability.follow('other');
    a.holds.clear();
    await office.connect();
    expect(office.availability.values('101').dnd).toBe(false);
    expect(a.held('101', 'dnd')).toBe('');
  });
});

describe('ends', () => {
  it('come when they are due, with source timer, everywhere (U1, U2)', async () => {
    const [a, f] = [astdb(), fop2()];
    const office = await connected(a, f);
    await office.availability.wish('101', dnd(true, null, '2026-11-21T13:00:00.000Z'), 'anna');
    await office.clock.pass(3_599_000);
    expect(office.availability.values('101').dnd).toBe(true);
    await office.clock.pass(2_000);
    expect(office.told('101')?.dnd).toMatchObject({ on: false, source: 'timer', by: null });
    expect([a.held('101', 'dnd'), f.held('101', 'dnd')]).toEqual(['', '']);
  });

  it('are forgotten when somebody changed it before (U2)', async () => {
    const a = astdb();
    const office = await connected(a);
    await office.availability.wish('101', dnd(true, null, '2026-11-21T13:00:00.000Z'), 'anna');
    a.put('101', 'dnd', '');
    a.put('101', 'dnd', 'YES');
    await office.clock.pass(7_200_000);
    expect(office.availability.values('101').dnd).toBe(true);
  });

  it('that passed while the panel was away come at the start; a PBX that is away then is written later (U1, U3)', async () => {
    const [a, rows, clock] = [astdb(), new TestRows(), new TestClock()];
    const first = await openOffice({ systems: [a], rows, clock });
    await first.connect();
    await first.availability.wish('101', dnd(true, null, '2026-11-21T12:30:00.000Z'), 'anna');
    await first.availability.close();
    clock.time += 3_600_000;
    const second = await openOffice({ systems: [a], rows, clock });
    await clock.pass(1);
    expect(second.told('101')).toMatchObject({ dnd: { on: false, source: 'timer' }, unsynced: [{ backend: 'astdb' }] });
    await second.connect();
    expect(a.held('101', 'dnd')).toBe('');
    expect(second.told('101')?.unsynced).toEqual([]);
  });

  it('may be months away (U1)', async () => {
    const a = astdb();
    const office = await connected(a);
    await office.availability.wish('101', dnd(true, null, '2027-03-01T00:00:00.000Z'), 'anna');
    await office.clock.pass(30 * 86_400_000);
    expect(office.availability.values('101').dnd).toBe(true);
    await office.clock.pass(90 * 86_400_000);
    expect(office.availability.values('101').dnd).toBe(false);
  });
});

describe('presence and do-not-disturb', () => {
  it('follow each other, and come back as they were (P1–P4)', async () => {
    const [a, p] = [astdb(), presence()];
    const office = await connected(a, p);
    await office.availability.wish('101', be('away', 'lunch'), 'anna');
    await office.availability.wish('101', dnd(true, 'in a call'), 'anna');
    await rest();
    expect(p.held('101', 'presence')).toBe('dnd:in a call');
    a.put('101', 'dnd', '');
    await rest();
    expect(p.held('101', 'presence')).toBe('away:lunch');
    p.put('101', 'presence', 'dnd:quiet');
    await rest();
    expect(a.held('101', 'dnd')).toBe('YES');
    expect(office.told('101')?.dnd).toMatchObject({ on: true, source: 'presence', note: 'quiet' });
    p.put('101', 'presence', 'available:');
    await rest();
    expect(a.held('101', 'dnd')).toBe('');
  });

  it('let the newest thing said hold (P5)', async () => {
    const [a, p] = [astdb(), presence()];
    const office = await connected(a, p);
    await office.availability.wish('101', dnd(true), 'anna');
    await office.availability.wish('101', be('away', 'lunch'), 'bert');
    await rest();
    expect([a.held('101', 'dnd'), p.held('101', 'presence')]).toEqual(['', 'away:lunch']);
  });

  it('give presence back with its end, or what comes after it (P4, U2)', async () => {
    const [a, p, rows] = [astdb(), presence(), new TestRows()];
    const first = await openOffice({ systems: [a, p], rows });
    await first.connect();
    await first.availability.wish('101', be('away', 'lunch', '2026-11-21T14:00:00.000Z'), 'anna');
    await first.availability.wish('101', dnd(true, null, '2026-11-21T13:00:00.000Z'), 'anna');
    await first.availability.wish('102', be('away', 'lunch', '2026-11-21T12:30:00.000Z'), 'anna');
    await first.availability.wish('102', dnd(true, null, '2026-11-21T13:00:00.000Z'), 'anna');
    await first.availability.close();
    const office = await openOffice({ systems: [a, p], rows, clock: first.clock });
    await office.connect();
    await office.clock.pass(3_601_000);
    expect([p.held('101', 'presence'), p.held('102', 'presence')]).toEqual(['away:lunch', 'available:']);
    expect(office.told('101')?.presence.until).toBe('2026-11-21T14:00:00.000Z');
    await office.clock.pass(3_601_000);
    expect(p.held('101', 'presence')).toBe('available:');
  });

  it('leave each other alone when the rule says so', async () => {
    const [a, p] = [astdb(), presence()];
    const office = await openOffice({ systems: [a, p], settings: { presenceRule: 'none' } });
    await office.connect();
    await office.availability.wish('101', dnd(true), 'anna');
    await office.availability.wish('101', be('away'), 'anna');
    await rest();
    expect([a.held('101', 'dnd'), p.held('101', 'presence')]).toEqual(['YES', 'away:']);
  });

  it('an end given to a presence that means do-not-disturb ends both', async () => {
    const [a, p] = [astdb(), presence()];
    const office = await connected(a, p);
    await office.availability.wish('101', be('dnd', 'quiet', '2026-11-21T12:10:00.000Z'), 'anna');
    await rest();
    expect([a.held('101', 'dnd'), office.told('101')?.dnd.until]).toEqual(['YES', '2026-11-21T12:10:00.000Z']);
    await office.clock.pass(601_000);
    expect([a.held('101', 'dnd'), p.held('101', 'presence')]).toEqual(['', 'available:']);
  });
});

describe('settings', () => {
  it('a backend that is switched on is met, one that is off is left alone', async () => {
    const [a, f] = [astdb(), fop2()];
    const office = await openOffice({
      systems: [a, f],
      settings: { enabled: { astdb: true, fop2: false, presence: true } },
    });
    await office.connect();
    await office.availability.wish('101', dnd(true), 'anna');
    expect(f.writes).toEqual([]);
    office.settings.now = { ...office.settings.now, enabled: { astdb: true, fop2: true, presence: true } };
    office.availability.retune();
    expect(office.resyncs).toHaveLength(1);
    await office.reconcile();
    expect(f.held('101', 'dnd')).toBe('YES');
    expect(office.health()?.backends.map(({ id }) => id)).toEqual(['astdb', 'fop2']);
  });

  it('that change nothing for a person are no news of them', async () => {
    const office = await connected(astdb());
    await office.availability.wish('101', dnd(true), 'anna');
    const told = office.told('101');
    office.availability.retune();
    expect(office.told('101')).toBe(told);
  });
});

describe('undo', () => {
  it('gives back value, note, end and person where nothing newer came (B2)', async () => {
    const a = astdb();
    const office = await connected(a);
    const { availability } = office;
    await availability.wish('101', dnd(true, 'lunch', '2026-11-21T14:00:00.000Z'), 'anna');
    const old = availability.remember('101', 'dnd');
    await availability.wish('101', dnd(false), 'bert');
    const version = availability.version('101', 'dnd');
    expect(await availability.restore('101', 'dnd', old, version, 'bert')).toMatchObject({ kind: 'done' });
    expect(office.told('101')?.dnd).toMatchObject({ on: true, note: 'lunch', until: '2026-11-21T14:00:00.000Z' });
    expect(await availability.restore('101', 'dnd', old, version, 'bert')).toMatchObject({ kind: 'refused' });
  });

  it('gives back what followed it, with its end, unless that is newer (B2)', async () => {
    const [a, p] = [astdb(), presence()];
    const office = await connected(a, p);
    const { availability } = office;
    await availability.wish('101', be('away', 'lunch', '2026-11-21T14:00:00.000Z'), 'anna');
    const old = availability.remember('101', 'dnd');
    await availability.wish('101', dnd(true), 'bert');
    await availability.restore('101', 'dnd', old, availability.version('101', 'dnd'), 'bert');
    await rest();
    expect(p.held('101', 'presence')).toBe('away:lunch');
    expect(office.told('101')?.presence.until).toBe('2026-11-21T14:00:00.000Z');
    office.settings.now = { ...office.settings.now, presenceRule: 'none' };
    const before = availability.remember('101', 'dnd');
    await availability.wish('101', dnd(true), 'bert');
    const version = availability.version('101', 'dnd');
    p.put('101', 'presence', 'away:gone');
    await availability.restore('101', 'dnd', before, version, 'bert');
    await rest();
    expect([a.held('101', 'dnd'), p.held('101', 'presence')]).toEqual(['', 'away:gone']);
  });

  it('that has to wait for somebody else does not take back theirs (B2)', async () => {
    const a = astdb();
    const office = await connected(a);
    const { availability } = office;
    const old = availability.remember('101', 'dnd');
    await availability.wish('101', dnd(true), 'bert');
    const version = availability.version('101', 'dnd');
    const newer = availability.wish('101', dnd(true, 'meeting'), 'anna');
    const undo = availability.restore('101', 'dnd', old, version, 'bert');
    await newer;
    expect((await undo).kind).toBe('refused');
    expect(office.told('101')?.dnd).toMatchObject({ on: true, by: 'anna', note: 'meeting' });
  });

  it('makes nobody known who is not (numbers are anybody’s to send)', async () => {
    const { availability } = await connected(astdb());
    availability.remember('4711', 'dnd');
    expect(availability.isKnown('4711')).toBe(false);
  });
});
