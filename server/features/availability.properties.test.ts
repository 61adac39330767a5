import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceRule } from '../protocol/availability';
import { FakeSystem, openOffice, rest, TestClock, type TestRows } from './fakes';

type Step =
  | { readonly do: 'wish'; readonly number: string; readonly on: boolean }
  | { readonly do: 'forward'; readonly number: string; readonly to: string | null }
  | { readonly do: 'presence'; readonly number: string; readonly state: 'available' | 'away' | 'dnd' }
  | { readonly do: 'there'; readonly system: number; readonly number: string; readonly value: number }
  | { readonly do: 'let' | 'tell'; readonly which: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'link' | 'own' | 'reconcile' };

const number = fc.constantFrom('101', '102');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wish' as const), number, on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('forward' as const), number, to: fc.constantFrom('200', '300', null) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('presence' as const),
      number,
      state: fc.constantFrom('available' as const, 'away' as const, 'dnd' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('there' as const), system: fc.nat(3), number, value: fc.nat(2) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('let' as const, 'tell' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(8_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('link' as const, 'own' as const, 'reconcile' as const) }) },
);

const values: Readonly<Record<string, readonly string[]>> = {
  dnd: ['', 'YES', 'YES'],
  always: ['', '200', '300'],
  presence: ['available:', 'away:lunch', 'dnd:'],
};

/** Four systems whose writes wait for the test and whose news travel as slowly as it likes, each in its own order. */
async function play(
  steps: readonly Step[],
  rule: PresenceRule,
  options: { outages: boolean; prompt?: boolean; calm?: boolean },
) {
  const systems = [
    new FakeSystem('astdb', ['dnd', 'always']),
    new FakeSystem('presence', ['presence']),
    new FakeSystem('fop2', ['dnd']),
    new FakeSystem('dfks', ['dnd', 'always'], 'own'),
  ];
  const office = await openOffice({ systems, settings: { presenceRule: rule } });
  await office.connect();
  const gates: (() => void)[] = [];
  const news = systems.map((): (() => void)[] => []);
  systems.forEach((system, index) => {
    system.gate = () => new Promise<void>((resolve) => gates.push(resolve));
    const tell = system.onChange;
    system.onChange = (...event) => news[index]?.push(() => tell(...event));
  });
  const wishes: Promise<unknown>[] = [];
  const dfks = systems[3] as FakeSystem;
  let up = true;
  const reconnect = (): Promise<void> => {
    // No link is lost and back within a millisecond.
    office.clock.time += 1;
    return office.connect();
  };
  const arrive = async (): Promise<void> => {
    for (let round = 0; round < 200 && (gates.length > 0 || news.some((queue) => queue.length > 0)); round += 1) {
      for (const gate of gates.splice(0)) gate();
      for (const queue of news) queue.shift()?.();
      await rest();
    }
  };
  for (const one of steps) {
    if (one.do === 'wish') {
      const wish = { feature: 'dnd', on: one.on, note: null, until: null } as const;
      wishes.push(office.availability.wish(one.number, wish, 'anna'));
    } else if (one.do === 'forward') {
      const wish = { feature: 'always', to: one.to, ringCount: null } as const;
      wishes.push(office.availability.wish(one.number, wish, 'anna'));
    } else if (one.do === 'presence') {
      const presence = { state: one.state, subtype: '', message: '' };
      wishes.push(office.availability.wish(one.number, { feature: 'presence', presence, until: null }, 'anna'));
    } else if (one.do === 'there') {
      const system = systems[one.system] as FakeSystem;
      const slots = system.slots({ number: one.number, devices: [], presentity: 'x' });
      const slot = slots[one.value % slots.length] as string;
      const held = values[slot]?.[one.value] ?? '';
      system.put(one.number, slot, held);
      if (system === dfks) office.availability.report('dfks', one.number, slot, held);
    } else if (one.do === 'let') {
      gates.splice(one.which % Math.max(1, gates.length), 1)[0]?.();
    } else if (one.do === 'tell') {
      news[one.which % news.length]?.shift()?.();
    } else if (one.do === 'pass') {
      // News that is older than echoes are waited for may start a change once more.
      if (options.prompt) for (const queue of news) while (queue.length > 0) queue.shift()?.();
      await office.clock.pass(one.ms);
    } else if (options.outages && one.do === 'link') {
      for (const queue of news) queue.length = 0;
      if (up) office.disconnect();
      else await reconnect();
      up = !up;
    } else if (options.outages && one.do === 'own') {
      dfks.answer = dfks.answer === null ? { kind: 'away', message: 'no answer' } : null;
    } else if (one.do === 'reconcile' && up) {
      await office.reconcile();
    }
    await rest();
    if (options.calm) await arrive();
  }
  dfks.answer = null;
  if (!up) await reconnect();
  await arrive();
  for (const system of systems) system.gate = () => Promise.resolve();
  await office.clock.pass(200_000);
  await Promise.all(wishes);
  await rest();
  return { office, systems };
}

function disagreements({ office, systems }: Awaited<ReturnType<typeof play>>): string[] {
  return ['101', '102'].flatMap((person) =>
    systems.flatMap((system) =>
      system.slots({ number: person, devices: [], presentity: 'x' }).flatMap((slot) => {
        const wanted = system.view(slot, office.availability.values(person));
        const held = system.held(person, slot);
        return held === wanted ? [] : [`${system.id} ${person} ${slot}: holds "${held}", true is "${wanted}"`];
      }),
    ),
  );
}

const rule = fc.constantFrom<PresenceRule>('both', 'dndToPresence', 'presenceToDnd', 'none');
const runs = { numRuns: 1000 };

describe('random interleavings', () => {
  it('end with every system holding what is true (T2, W1)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rule, async (steps, of) => {
        const played = await play(steps, of, { outages: false });
        expect(disagreements(played)).toEqual([]);
        for (const person of ['101', '102']) expect(played.office.told(person)?.unsynced ?? []).toEqual([]);
      }),
      runs,
    );
  });

  it('with outages, too (W3, S2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rule, async (steps, of) => {
        const played = await play(steps, of, { outages: true });
        expect(disagreements(played)).toEqual([]);
        for (const person of ['101', '102']) expect(played.office.told(person)?.unsynced ?? []).toEqual([]);
      }),
      runs,
    );
  });

  it('write once to each backend where one change comes after the other (W1)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rule, async (steps, of) => {
        const { systems } = await play(steps, of, { outages: false, calm: true });
        const changes = steps.filter(({ do: what }) => ['wish', 'forward', 'presence', 'there'].includes(what)).length;
        for (const system of systems) expect(system.writes.length).toBeLessThanOrEqual(changes);
      }),
      runs,
    );
  });

  it('end, however often they cross: nobody plays ping-pong (W1)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rule, async (steps, of) => {
        const { systems } = await play(steps, of, { outages: false, prompt: true });
        const changes = steps.filter(({ do: what }) => ['wish', 'forward', 'presence', 'there'].includes(what)).length;
        // Somebody else's change to the very text we are writing is taken for our echo: then one more is needed.
        for (const system of systems) expect(system.writes.length).toBeLessThanOrEqual(2 * changes);
      }),
      runs,
    );
  });

  it('leave what is written down equal to what is true (S1)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), rule, async (steps, of) => {
        const { office, systems } = await play(steps, of, { outages: false });
        await office.availability.close();
        const clock = new TestClock();
        clock.time = office.clock.time;
        const next = await openOffice({
          systems,
          rows: office.rows as TestRows,
          clock,
          settings: { presenceRule: of },
        });
        await next.connect();
        for (const person of ['101', '102']) {
          expect(next.availability.values(person)).toEqual(office.availability.values(person));
        }
        expect(next.history).toEqual([]);
      }),
      runs,
    );
  });
});
