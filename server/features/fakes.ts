import type { FeatureEvent, HeldBy, PbxEvent } from '../pbx/events';
import type { AvailabilitySettings, FeatureChange } from '../protocol/availability';
import { defaultAvailability } from '../protocol/availability-default';
import type { BackendId, FeatureKey } from '../protocol/records';
import { Availability } from './availability';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from './backend';
import { type FeatureValues, nothingSet, withDnd, withForward, withPresence } from './values';

/** For tests: systems that keep features, and a service over them whose clock and wires are in the test's hand. */

type SlotName = 'dnd' | 'always' | 'presence';

/** A system with one slot per feature; what it is told takes effect when the test lets it. */
export class FakeSystem implements FeatureBackend {
  readonly source;
  readonly label;
  /** `number/slot` → text. */
  readonly holds = new Map<string, string>();
  readonly writes: string[] = [];
  /** Answers instead of taking the write. */
  answer: WriteOutcome | null = null;
  /** Called for each write; resolving it lets the write through. */
  gate: (what: string) => Promise<void> = () => Promise.resolve();
  /** What takes effect is told as an event, as AMI does. */
  onChange: (number: string, slot: string, held: string) => void = () => undefined;

  constructor(
    readonly id: BackendId,
    private readonly names: readonly SlotName[],
    readonly link: 'ami' | 'own' = 'ami',
  ) {
    this.source = id === 'astdb' ? ('pbx' as const) : id;
    this.label = id;
  }

  slots(person: Person): readonly string[] {
    return this.id === 'presence' && person.presentity === null ? [] : this.names;
  }

  features(slot: string): readonly FeatureKey[] {
    return [slot as SlotName];
  }

  view(slot: string, values: FeatureValues): string {
    if (slot === 'dnd') return values.dnd ? 'YES' : '';
    if (slot === 'always') return values.always.to ?? '';
    const { state, message } = values.presence;
    return state === 'not_set' && message === '' ? '' : `${state}:${message}`;
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    if (slot === 'dnd') return withDnd(values, held === 'YES');
    if (slot === 'always') return withForward(values, 'always', held);
    const [state = '', message = ''] = held === '' ? ['not_set'] : held.split(':');
    return withPresence(values, { state: state as FeatureValues['presence']['state'], subtype: '', message });
  }

  async write({ person, slot, held }: WriteRequest): Promise<WriteOutcome> {
    const what = `${person.number}/${slot}=${held}`;
    this.writes.push(what);
    await this.gate(what);
    if (this.answer !== null) return this.answer;
    this.put(person.number, slot, held);
    return { kind: 'done' };
  }

  async read(person: Person, slot: string): Promise<string | null> {
    return this.link === 'own' ? null : this.held(person.number, slot);
  }

  problem(): string | null {
    return null;
  }

  held(number: string, slot: string): string {
    return this.holds.get(`${number}/${slot}`) ?? this.view(slot, nothingSet);
  }

  /** As if somebody did it there. Setting what is set raises no event, as in Asterisk. */
  put(number: string, slot: string, held: string): void {
    if (this.held(number, slot) === held) return;
    this.holds.set(`${number}/${slot}`, held);
    this.onChange(number, slot, held);
  }

  rows(slot: string): [string, string][] {
    return [...this.holds].flatMap(([key, held]) => {
      const [number = '', name] = key.split('/');
      return name === slot ? [[number, held]] : [];
    });
  }
}

/** Timers that run when the test says so. */
export class TestClock {
  time = Date.parse('2026-11-21T12:00:00.000Z');
  #next = 1;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  now = (): number => this.time;

  setTimeout = (run: () => void, ms: number): unknown => {
    const id = this.#next++;
    this.#timers.set(id, { at: this.time + ms, run });
    return id;
  };

  clearTimeout = (timer: unknown): void => {
    this.#timers.delete(timer as number);
  };

  /** Lets so much time pass; what is due runs in its order, and whatever it started comes to rest. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [id, { at, run }] = due;
      this.#timers.delete(id);
      this.time = Math.max(this.time, at);
      run();
      await rest();
    }
    this.time = end;
    await rest();
  }
}

/** Everything that needs no timer and no gate has happened. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

/** Rows of a database that are in memory, and outlive a service. */
export class TestRows {
  readonly rows = new Map<string, string>();

  load = async (pbx: string) =>
    [...this.rows].flatMap(([key, value]) => {
      const [of, number = ''] = key.split(' ');
      return of === pbx ? [{ number, value }] : [];
    });

  save = async (pbx: string, rows: readonly { number: string; value: string | null }[]) => {
    for (const { number, value } of rows) {
      if (value === null) this.rows.delete(`${pbx} ${number}`);
      else this.rows.set(`${pbx} ${number}`, value);
    }
  };
}

export interface TestOffice {
  readonly clock: TestClock;
  readonly rows: TestRows;
  readonly systems: readonly FakeSystem[];
  readonly availability: Availability;
  readonly settings: { now: AvailabilitySettings };
  readonly history: Omit<FeatureChange, 'id'>[];
  /** The newest `features` of a number. */
  told(number: string): Extract<FeatureEvent, { type: 'features' }> | undefined;
  health(): Extract<FeatureEvent, { type: 'pbx.features' }>['features'] | undefined;
  dndChanges: string[];
  resyncs: string[];
  /** The PBX link comes up: every list is read, then told. */
  connect(): Promise<void>;
  disconnect(): void;
  /** One full read while connected. */
  reconcile(): Promise<void>;
}

export interface OfficeOptions {
  readonly systems: readonly FakeSystem[];
  readonly clock?: TestClock;
  readonly rows?: TestRows;
  readonly settings?: Partial<AvailabilitySettings>;
  /** Numbers whose hint names a presence; all have a device. */
  readonly people?: readonly string[];
  readonly shown?: readonly string[];
}

/** A service over these systems, following one PBX; not connected yet. */
export async function openOffice(options: OfficeOptions): Promise<TestOffice> {
  const { systems, clock = new TestClock(), rows = new TestRows(), people = ['101', '102'] } = options;
  const { shown = people } = options;
  const settings = { now: { ...defaultAvailability, ...options.settings } };
  if (systems.some(({ id }) => id === 'dfks'))
    settings.now = { ...settings.now, dfks: { ...settings.now.dfks, enabled: true } };
  const told = new Map<string, Extract<FeatureEvent, { type: 'features' }>>();
  const history: Omit<FeatureChange, 'id'>[] = [];
  const dndChanges: string[] = [];
  const resyncs: string[] = [];
  let health: Extract<FeatureEvent, { type: 'pbx.features' }>['features'] | undefined;
  const availability = new Availability({
    backends: systems,
    settings: () => settings.now,
    emit: (event) => {
      if (event.type === 'features') told.set(event.number, event);
      else if (event.type === 'pbx.features') health = event.features;
    },
    rows,
    history: (_pbx, change) => history.push(change),
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    resync: (reason) => resyncs.push(reason),
    dndChanged: (number, on) => dndChanges.push(`${number} ${on ? 'on' : 'off'}`),
  });
  await availability.follow('pbx');
  const observe = (event: PbxEvent): void => availability.observe(event);
  const lists = (repair: boolean): void => {
    for (const system of systems) {
      if (system.link === 'own') continue;
      for (const slot of ['dnd', 'always', 'presence']) {
        if (!system.slots({ number: '', devices: [], presentity: 'x' }).includes(slot)) continue;
        const at = clock.now();
        const backend = system.id as HeldBy;
        observe({ type: 'list.held', at, repair, backend, slot, readFrom: at, rows: system.rows(slot) });
      }
    }
  };
  for (const system of systems) {
    system.onChange = (number, slot, held) => {
      const at = clock.now();
      if (system.link === 'ami') observe({ type: 'held', at, backend: system.id as HeldBy, number, slot, held });
    };
  }
  return {
    clock,
    rows,
    systems,
    availability,
    settings,
    history,
    dndChanges,
    resyncs,
    told: (number) => told.get(number),
    health: () => health,
    async connect() {
      const at = clock.now();
      observe({ type: 'link', at, link: 'syncing' });
      const extensions = people.map((number) => ({
        number,
        devices: [`PJSIP/${number}`],
        presentity: shown.includes(number) ? `CustomPresence:${number}` : null,
      }));
      observe({ type: 'list.extensions', at, repair: false, extensions });
      lists(false);
      observe({ type: 'link', at, link: 'up' });
      await rest();
    },
    disconnect: () => observe({ type: 'link', at: clock.now(), link: 'down', problem: 'gone' }),
    async reconcile() {
      clock.time += 1;
      lists(true);
      await rest();
    },
  };
}
