import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceRule } from '../protocol/availability';
import type { WriteOutcome } from './backend';
import { FakeSystem, openOffice, rest, TestClock, type TestOffice, TestRows } from './fakes';

/** Everything that can go wrong at once: crashes, links lost midway, refusals, settings and persons that come and go. */

type Step =
  | { readonly do: 'wish' | 'own'; readonly number: string; readonly on: boolean }
  | { readonly do: 'presence'; readonly number: string; readonly state: 'available' | 'away' | 'dnd' }
  | { readonly do: 'there'; readonly system: number; readonly number: string; readonly value: number }
  | { readonly do: 'let' | 'tell'; readonly which: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'link' | 'restart' | 'crash'; readonly done: boolean }
  | { readonly do: 'refuse' | 'away' | 'enable'; readonly system: number }
  | { readonly do: 'phone'; readonly number: string; readonly shows: boolean }
  | { readonly do: 'leave'; readonly number: string }
  | { readonly do: 'reconcile' };

const number = fc.constantFrom('101', '102');
const system = fc.nat(3);
const one = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: one('wish', 'own'), number, on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: one('presence'), number, state: one('available', 'away', 'dnd') }) },
  { weight: 4, arbitrary: fc.record({ do: one('there'), system, number, value: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ do: one('let', 'tell'), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: one('pass'), ms: fc.nat(8_000) }) },
  { weight: 3, arbitrary: fc.record({ do: one('link', 'link', 'restart', 'crash'), done: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: one('refuse', 'away'), system }) },
  // Phones behind OpenSIPS ask by themselves when it is switched on (D8).
  { weight: 1, arbitrary: fc.record({ do: one('enable'), system: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: one('phone'), number, shows: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: one('leave'), number }) },
  { weight: 1, arbitrary: fc.record({ do: one('reconcile') }) },
);

const texts: Readonly<Record<string, readonly string[]>> = {
  dnd: ['', 'YES', 'YES'],
  always: ['', '200', '300'],
  presence: ['available:', 'away:lunch', 'dnd:'],
};
const anybody = { devices: [], presentity: 'x' };

/** A write that has been sent and is not answered yet. */
interface UnderWay {
  /** It is done there; the answer reaches nobody. */
  take(): void;
  /** It is done there and answered. */
  goOn(): void;
  /** The link is gone: nobody answers; it was done there before that, or not. */
  lose(done: boolean): void;
}

/** One panel after the other over the same four systems, database and time. */
class Storm {
  readonly systems = [
    new FakeSystem('astdb', ['dnd', 'always']),
    new FakeSystem('presence', ['presence']),
    new FakeSystem('fop2', ['dnd']),
    new FakeSystem('dfks', ['dnd', 'always'], 'own'),
  ] as const;
  office!: TestOffice;
  #rows = new TestRows();
  #clock = new TestClock();
  #up = false;
  #underWay: UnderWay[] = [];
  #news: (() => void)[][] = [];

  constructor(private readonly rule: PresenceRule) {}

  async start(): Promise<void> {
    const clock = new TestClock();
    clock.time = this.#clock.time;
    this.#clock = clock;
    // What a panel that has crashed still writes reaches nobody.
    const rows = new TestRows();
    for (const [key, row] of this.#rows.rows) rows.rows.set(key, row);
    this.#rows = rows;
    this.#underWay = [];
    this.#news = this.systems.map(() => []);
    for (const one of this.systems) one.write = (request) => this.#write(one, this.#underWay, request);
    this.office = await openOffice({ systems: this.systems, rows, clock, settings: { presenceRule: this.rule } });
    for (const [index, one] of this.systems.entries()) {
      const tell = one.onChange;
      one.onChange = (...event) => this.#news[index]?.push(() => tell(...event));
    }
    await this.office.connect();
    this.#up = true;
  }

  #write(one: FakeSystem, underWay: UnderWay[], request: Parameters<FakeSystem['write']>[0]): Promise<WriteOutcome> {
    const { person, slot, held } = request;
    one.writes.push(`${person.number}/${slot}=${held}`);
    return new Promise((resolve) => {
      const take = (): void => {
        if (one.answer === null) one.put(person.number, slot, held);
      };
      // Nobody looks after a start what phones were being told before: they ask by themselves (D8).
      const isRead = one.link === 'ami';
      underWay.push({
        take: isRead ? take : () => undefined,
        goOn: () => {
          take();
          resolve(one.answer ?? { kind: 'done' });
        },
        lose: (done) => {
          if (done && one.answer === null) one.holds.set(`${person.number}/${slot}`, held);
          resolve({ kind: 'away', message: 'The link was lost.' });
        },
      });
    });
  }

  async play(step: Step): Promise<void> {
    const { availability } = this.office;
    if (step.do === 'wish') {
      void availability.wish(step.number, { feature: 'dnd', on: step.on, note: null, until: null }, 'anna');
    } else if (step.do === 'presence') {
      const presence = { state: step.state, subtype: '', message: '' };
      void availability.wish(step.number, { feature: 'presence', presence, until: null }, 'anna');
    } else if (step.do === 'own') {
      this.systems[3].put(step.number, 'dnd', step.on ? 'YES' : '');
      availability.report('dfks', step.number, 'dnd', step.on ? 'YES' : '');
    } else if (step.do === 'there') {
      this.#there(step);
    } else if (step.do === 'let') {
      this.#underWay.splice(step.which % Math.max(1, this.#underWay.length), 1)[0]?.goOn();
    } else if (step.do === 'tell') {
      this.#news[step.which % this.#news.length]?.shift()?.();
    } else if (step.do === 'pass') {
      await this.#clock.pass(step.ms);
    } else if (step.do === 'reconcile') {
      if (this.#up) await this.office.reconcile();
    } else await this.#upset(step);
    await rest();
  }

  #there(step: Extract<Step, { do: 'there' }>): void {
    const one = this.systems[step.system];
    if (one === undefined || one.link === 'own') return;
    const slots = one.slots({ number: step.number, ...anybody });
    const slot = slots[step.value % slots.length] ?? '';
    one.put(step.number, slot, texts[slot]?.[step.value] ?? '');
  }

  async #upset(step: Step): Promise<void> {
    const { availability } = this.office;
    if (step.do === 'link') await this.#link(step.done);
    else if (step.do === 'restart' || step.do === 'crash') {
      if (step.do === 'restart') await availability.close();
      // What phones told in the last moment before a crash is not written down yet: they ask again (D8).
      else await this.#clock.pass(250);
      const lost = this.#underWay;
      await this.start();
      // The systems may do what they heard before that.
      if (step.done) for (const write of lost) write.take();
    } else if (step.do === 'refuse') this.#answer(step.system, { kind: 'refused', message: 'no' });
    else if (step.do === 'away') this.#answer(3, { kind: 'away', message: 'gone' });
    else if (step.do === 'enable') this.#enable(step.system);
    else if (step.do === 'phone') this.#shows(step.number, step.shows);
    else if (step.do === 'leave') {
      availability.observe({ type: 'extension.gone', at: this.#clock.now(), number: step.number });
    }
  }

  async #link(done: boolean): Promise<void> {
    if (this.#up) {
      this.office.disconnect();
      for (const queue of this.#news) queue.length = 0;
      for (const write of this.#underWay.splice(0)) write.lose(done);
    } else await this.office.connect();
    this.#up = !this.#up;
  }

  #answer(index: number, answer: WriteOutcome): void {
    const one = this.systems[index];
    if (one !== undefined) one.answer = one.answer === null ? answer : null;
  }

  #enable(index: number): void {
    const { settings, availability } = this.office;
    const id = this.systems[index]?.id;
    if (id === undefined || id === 'dfks') return;
    settings.now = { ...settings.now, enabled: { ...settings.now.enabled, [id]: !settings.now.enabled[id] } };
    availability.retune();
  }

  #shows(of: string, shows: boolean): void {
    const presentity = shows ? `CustomPresence:${of}` : null;
    const extension = { number: of, devices: [`PJSIP/${of}`], presentity };
    this.office.availability.observe({ type: 'extension', at: this.#clock.now(), extension });
  }

  /** Everything works again, and everything that is under way arrives. */
  async calm(): Promise<void> {
    const { settings, availability } = this.office;
    for (const one of this.systems) one.answer = null;
    const enabled = { astdb: true, fop2: true, presence: true };
    settings.now = { ...settings.now, enabled };
    availability.retune();
    if (this.#up) await this.#link(false);
    await this.#link(false);
    await this.#settle();
    await this.#clock.pass(200_000);
    await this.#settle();
    await this.office.reconcile();
    await this.#settle();
  }

  async #settle(): Promise<void> {
    const isBusy = (): boolean => this.#underWay.length > 0 || this.#news.some((queue) => queue.length > 0);
    for (let round = 0; round < 200 && isBusy(); round += 1) {
      for (const write of this.#underWay.splice(0)) write.goOn();
      for (const queue of this.#news) queue.shift()?.();
      await rest();
    }
  }

  disagreements(): string[] {
    return ['101', '102'].flatMap((person) =>
      this.systems.flatMap((one) =>
        one.slots({ number: person, ...anybody }).flatMap((slot) => {
          const wanted = one.view(slot, this.office.availability.values(person));
          const held = one.held(person, slot);
          return held === wanted ? [] : [`${one.id} ${person} ${slot}: holds "${held}", true is "${wanted}"`];
        }),
      ),
    );
  }
}

const rule = fc.constantFrom<PresenceRule>('both', 'dndToPresence', 'presenceToDnd', 'none');

describe('a storm', () => {
  it('ends with every system holding what is true, and nobody has written in circles (S, W, T2)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rule, async (steps, of) => {
        const storm = new Storm(of);
        await storm.start();
        for (const one of steps) await storm.play(one);
        await storm.calm();
        expect(storm.disagreements()).toEqual([]);
        for (const person of ['101', '102']) expect(storm.office.told(person)?.unsynced ?? []).toEqual([]);
        for (const { writes } of storm.systems) expect(writes.length).toBeLessThanOrEqual(2 * steps.length + 10);
      }),
      { numRuns: Number(process.env.STORMS ?? 1000) },
    );
  });
});
