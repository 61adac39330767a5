import type { FeatureEvent, PbxEvent } from '../pbx/events';
import type { AvailabilitySettings, FeatureChange } from '../protocol/availability';
import type { BackendHealth, BackendId, FeatureKey, LinkState } from '../protocol/records';
import type { FeatureBackend, WriteOutcome } from './backend';
import { Ends } from './ends';
import { Hearing } from './hearing';
import { Keeper, type Rows } from './keeper';
import { BackendLine } from './line';
import { People } from './people';
import {
  type Circumstance,
  dndRecordOf,
  forwardRecordOf,
  newPerson,
  type PersonState,
  presenceRecordOf,
  type Slot,
  slotsOf,
  unknownHeld,
  unsyncedOf,
} from './person';
import { Serial } from './serial';
import { type Cause, Truth } from './truth';
import { type FeatureValues, nothingSet, withDnd, withForward, withPresence } from './values';
import { faultOf, Writer } from './writer';

export interface AvailabilityLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface AvailabilityDeps {
  /** Every backend there is; settings say which are used, in which order. */
  readonly backends: readonly FeatureBackend[];
  readonly settings: () => AvailabilitySettings;
  /** To the model; never re-enters `observe` with anything but what it was given. */
  readonly emit: (event: FeatureEvent) => void;
  readonly rows: Rows;
  readonly history: (pbx: string, change: Omit<FeatureChange, 'id'>) => void;
  readonly clock: {
    now(): number;
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
  readonly log: AvailabilityLog;
  /** Ask the feed to read the PBX again soon. */
  readonly resync: (reason: string) => void;
  /** A person's do-not-disturb went on or off. */
  readonly dndChanged?: (number: string, on: boolean) => void;
}

/** What somebody wants. Ends are ISO times. */
export type Wish =
  | { readonly feature: 'dnd'; readonly on: boolean; readonly note: string | null; readonly until: string | null }
  | {
      readonly feature: 'always' | 'busy' | 'noAnswer';
      readonly to: string | null;
      readonly ringCount: number | null;
    }
  | { readonly feature: 'presence'; readonly presence: FeatureValues['presence']; readonly until: string | null };

/** `done`: true from now on, and kept where the primary backend keeps it. Otherwise nothing has changed. */
export type WishOutcome =
  | { readonly kind: 'done'; readonly warning: string | null }
  | { readonly kind: 'refused' | 'away'; readonly message: string };

/** What `restore` gives back; of one feature at one time, and of the one that follows it. */
export interface Remembered {
  readonly values: FeatureValues;
  readonly circumstance: Circumstance | undefined;
  readonly tied: Circumstance | undefined;
}

/** Grows with every change of the feature itself, and of the one that follows it. */
export interface Version {
  readonly own: number;
  readonly tied: number;
}

/** Do-not-disturb and presence follow each other. SPEC P */
function tiedTo(feature: FeatureKey): FeatureKey | null {
  if (feature === 'dnd') return 'presence';
  return feature === 'presence' ? 'dnd' : null;
}

/** An answer waits so long for the database, ms. */
const longestWriteMs = 1_000;

/** Strangers (numbers that are no extension) are followed up to here. */
const mostPersons = 100_000;

/**
 * The one truth about do-not-disturb, forwarding and presence: hears what every backend holds, takes wishes, writes to all
 * the others, keeps it over restarts. The rules are numbered in SPEC.md.
 */
export class Availability {
  #pbx = '';
  #connected = false;
  #states = new Map<string, PersonState>();
  #lines = new Map<BackendId, BackendLine>();
  /** In the order in which they win. */
  #backends: readonly FeatureBackend[] = [];
  /** Persons with something that waits for an absent backend. */
  readonly #waiting = new Set<string>();
  readonly #people = new People();
  readonly #serial = new Serial();
  readonly #truth: Truth;
  readonly #writer: Writer;
  readonly #hearing: Hearing;
  readonly #keeper: Keeper;
  readonly #ends: Ends;
  #toldHealth = '';

  constructor(private readonly deps: AvailabilityDeps) {
    const { clock, log } = deps;
    this.#truth = new Truth({
      rule: () => deps.settings().presenceRule,
      shown: (number) => this.#showsPresence(number),
      history: (change) => deps.history(this.#pbx, change),
      changed: (state, features) => this.#changed(state, features),
    });
    this.#writer = new Writer({
      now: () => clock.now(),
      connected: () => this.#connected,
      line: (slot) => this.#line(slot.backend),
      person: (number) => this.#people.get(number),
      slots: (state) => this.#slots(state),
      answered: () => this.#tellHealth(),
      faultsChanged: (state) => this.#tell(state),
      warn: (fields, message) => log.warn(fields, message),
    });
    this.#hearing = new Hearing({
      now: () => clock.now(),
      backends: () => this.#backends,
      slot: (number, backend, name) => this.#slot(number, backend, name),
      numbers: () => this.#states.keys(),
      truth: this.#truth,
      told: (state) => this.#tell(state),
      settle: (state) => this.#writer.settle(state),
      verify: (state, slot) => this.#writer.verify(state, slot),
      repair: (number, slot, held) => void slot.backend.repair?.(this.#people.get(number), slot.name, held),
    });
    this.#keeper = new Keeper({
      rows: deps.rows,
      find: (number) => this.#states.get(number),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      error: (error) => log.error({ err: error }, 'availability was not written to the database'),
    });
    this.#ends = new Ends({
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      due: (key) => this.#end(key),
    });
    this.#arrange();
  }

  /** The PBX whose persons these are; SPEC S6. Called before its feed starts. */
  async follow(pbx: string): Promise<void> {
    if (pbx === this.#pbx) return;
    // Taken down before it is forgotten; `open` waits for it.
    void this.#keeper.flush();
    this.#forget();
    const kept = await this.#keeper.open(pbx);
    this.#pbx = pbx;
    for (const state of kept) {
      this.#states.set(state.number, state);
      this.#tell(state);
      this.#planEnds(state);
    }
    this.#tellHealth();
  }

  /** Every event of the feed, after the model has had it. */
  observe(event: PbxEvent): void {
    if (event.type === 'held') this.#hearing.held(event, this.#connected);
    else if (event.type === 'list.held') this.#hearing.list(event, this.#connected);
    else if (event.type === 'link') this.#linkIs(event.link);
    else if (event.type === 'features.clear') this.#people.clear();
    for (const number of this.#people.note(event)) {
      const state = this.#states.get(number);
      if (state !== undefined) this.#writer.settle(state);
    }
  }

  /** A backend with a wire of its own tells what a slot holds now. */
  report(backend: BackendId, number: string, slot: string, held: string): void {
    const found = this.#slot(number, backend, slot);
    if (found !== null) this.#hearing.hear(found.state, found.slot, held, this.deps.clock.now());
  }

  /** Somebody something was ever told of; the PBX may not have been read yet. */
  isKnown(number: string): boolean {
    return this.#people.has(number) || this.#states.has(number);
  }

  /** What is true of this number. */
  values(number: string): FeatureValues {
    return this.#states.get(number)?.values ?? nothingSet;
  }

  /** SPEC W2, W5. Never rejects. */
  wish(number: string, wish: Wish, by: string): Promise<WishOutcome> {
    const cause = { source: 'panel', by, claims: wish.feature } as const;
    const more = wish.feature === 'dnd' ? { note: wish.note, until: wish.until } : {};
    const end = wish.feature === 'presence' ? { until: wish.until } : {};
    return this.#wish(number, (values) => wished(values, wish), { ...cause, ...more, ...end });
  }

  /** For `restore`. */
  remember(number: string, feature: FeatureKey): Remembered {
    const circumstances = this.#states.get(number)?.circumstances;
    const tied = tiedTo(feature);
    return {
      values: this.values(number),
      circumstance: circumstances?.get(feature),
      tied: tied === null ? undefined : circumstances?.get(tied),
    };
  }

  /** SPEC B2: the feature as remembered, if its version is still the one given when it is its turn. */
  restore(number: string, feature: FeatureKey, old: Remembered, version: Version, by: string): Promise<WishOutcome> {
    const { note = null, until = null } = old.circumstance ?? {};
    const tied = tiedTo(feature);
    const isNewest = (key: keyof Version): boolean => this.version(number, feature)[key] === version[key];
    const next = (values: FeatureValues): FeatureValues => ({
      ...values,
      [feature]: old.values[feature],
      // What was true of both before is wanted back.
      ...(tied !== null && isNewest('tied') ? { [tied]: old.values[tied] } : {}),
    });
    const cause = { source: 'panel', by, claims: feature, note, until, tied: old.tied } as const;
    const changed = 'It was changed again in the meantime.';
    return this.#wish(number, next, cause, () => (isNewest('own') ? null : changed));
  }

  version(number: string, feature: FeatureKey): Version {
    const versions = this.#states.get(number)?.versions;
    const tied = tiedTo(feature);
    return { own: versions?.get(feature) ?? 0, tied: tied === null ? 0 : (versions?.get(tied) ?? 0) };
  }

  /** The settings are others now. */
  retune(): void {
    const before = new Set(this.#backends);
    this.#arrange();
    const added = this.#backends.filter((backend) => !before.has(backend));
    this.#hearing.forget(added);
    for (const state of this.#states.values()) {
      for (const slot of this.#slots(state)) {
        if (slot.fault?.kind === 'refused') slot.fault = null;
        if (added.includes(slot.backend) && slot.backend.link === 'ami') slot.held = null;
      }
      this.#writer.settle(state);
    }
    if (added.some(({ link }) => link === 'ami')) this.deps.resync('availability settings');
    this.#tellHealth();
  }

  /** Writes down what is known. */
  async close(): Promise<void> {
    this.#ends.clear();
    for (const line of this.#lines.values()) line.close();
    await this.#keeper.flush();
  }

  async #wish(
    number: string,
    change: (values: FeatureValues) => FeatureValues,
    cause: Omit<Cause, 'at' | 'since'> & { readonly claims: FeatureKey },
    objection: () => string | null = () => null,
  ): Promise<WishOutcome> {
    const outcome = await this.#serial.run(number, async (): Promise<WishOutcome> => {
      const message = objection();
      if (message !== null) return { kind: 'refused', message };
      const state = this.#state(number);
      const primary = this.#slots(state).find((slot) => slot.backend.features(slot.name).includes(cause.claims));
      const come = (): void => {
        if (!this.#isPresent(state)) return;
        const at = this.deps.clock.now();
        this.#truth.change(state, change(state.values), { ...cause, at, since: new Date(at).toISOString() });
      };
      if (primary === undefined) {
        come();
        return { kind: 'done', warning: null };
      }
      const values = change(state.values);
      const wanted = primary.backend.view(primary.name, values);
      const written = await this.#writer.write(state, primary, { values, note: cause.note ?? null }, (answer) => {
        if (!isTaken(answer, primary)) return;
        primary.fault = faultOf(answer, wanted);
        come();
      });
      if (written.kind === 'done') return { kind: 'done', warning: written.warning ?? null };
      return isTaken(written, primary) ? { kind: 'done', warning: written.message } : written;
    });
    // What was promised to somebody outlives a crash; a disk that hangs does not hold them up.
    if (outcome.kind === 'done') await this.#within(longestWriteMs, this.#keeper.written());
    return outcome;
  }

  async #within(ms: number, work: Promise<void>): Promise<void> {
    const { clock } = this.deps;
    let timer: unknown;
    const over = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, ms);
    });
    await Promise.race([work, over]);
    clock.clearTimeout(timer);
  }

  #linkIs(link: LinkState): void {
    // What a connection told is over with it, even if it never was up.
    if (link === 'down') this.#hearing.disconnected();
    const up = link === 'up';
    if (up === this.#connected) return;
    this.#connected = up;
    if (!up) {
      this.#tellHealth();
      return;
    }
    this.#hearing.connected();
    for (const line of this.#lines.values()) if (line.backend.link === 'ami') line.reset();
    this.#retry('ami');
    this.#tellHealth();
  }

  /** What waited for these backends is written now; what was refused gets another chance. */
  #retry(link: FeatureBackend['link']): void {
    for (const state of this.#states.values()) {
      const waits = this.#waiting.has(state.number);
      let refused = false;
      for (const slot of this.#slots(state)) {
        if (slot.backend.link !== link || slot.fault?.kind !== 'refused') continue;
        slot.fault = null;
        refused = true;
      }
      if (waits || refused || link === 'ami') this.#writer.settle(state);
    }
  }

  #changed(state: PersonState, features: readonly FeatureKey[]): void {
    if (!this.#isPresent(state)) return;
    for (const slot of this.#slots(state)) {
      // Nobody will tell what it holds any more: it has to be written.
      const unmet = slot.held === null && this.#connected;
      if (unmet && slot.backend.features(slot.name).some((key) => features.includes(key))) slot.held = unknownHeld;
    }
    this.#tell(state);
    this.#planEnds(state);
    if (features.includes('dnd')) this.deps.dndChanged?.(state.number, state.values.dnd);
    if (!this.#hearing.gathering) this.#writer.settle(state);
  }

  #tell(state: PersonState): void {
    if (!this.#isPresent(state)) return;
    const slots = this.#slots(state);
    if (slots.some(({ fault }) => fault?.kind === 'away')) this.#waiting.add(state.number);
    else this.#waiting.delete(state.number);
    this.#keeper.changed(state.number);
    const unsynced = unsyncedOf(slots);
    state.toldFaults = JSON.stringify(unsynced);
    this.deps.emit({
      type: 'features',
      at: this.deps.clock.now(),
      number: state.number,
      dnd: dndRecordOf(state),
      forward: forwardRecordOf(state),
      presence: presenceRecordOf(state),
      unsynced,
    });
    // A write may have shown what a backend cannot do.
    this.#tellHealth();
  }

  #planEnds(state: PersonState): void {
    for (const feature of ['dnd', 'presence'] as const) {
      const until = state.circumstances.get(feature)?.until ?? null;
      this.#ends.plan(`${feature} ${state.number}`, until === null ? null : Date.parse(until));
    }
  }

  /** SPEC U2, U3: the end of one feature has come. */
  #end(key: string): void {
    const feature = key.startsWith('dnd ') ? 'dnd' : 'presence';
    const state = this.#states.get(key.slice(feature.length + 1));
    if (state === undefined) return;
    const at = this.deps.clock.now();
    const next =
      feature === 'dnd'
        ? withDnd(state.values, false)
        : withPresence(state.values, { state: 'available', subtype: '', message: '' });
    this.#truth.change(state, next, {
      source: 'timer',
      by: null,
      at,
      since: new Date(at).toISOString(),
      claims: feature,
    });
  }

  #arrange(): void {
    const { order, enabled, dfks } = this.deps.settings();
    const used = { ...enabled, dfks: dfks.enabled };
    this.#backends = order.flatMap((id) => (used[id] ? this.deps.backends.filter((backend) => backend.id === id) : []));
  }

  #line(backend: FeatureBackend): BackendLine {
    const known = this.#lines.get(backend.id);
    if (known !== undefined) return known;
    const { clock } = this.deps;
    const line = new BackendLine(backend, {
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      connected: () => this.#connected,
      back: () => {
        this.#retry(backend.link);
        this.#tellHealth();
      },
    });
    this.#lines.set(backend.id, line);
    return line;
  }

  #state(number: string): PersonState {
    const known = this.#states.get(number);
    if (known !== undefined) return known;
    const state = newPerson(number);
    this.#states.set(number, state);
    for (const slot of this.#slots(state)) {
      if (slot.held === null || !this.#hearing.decides(slot)) continue;
      for (const key of slot.backend.features(slot.name)) state.established.add(key);
    }
    return state;
  }

  /** None of a person of another PBX: a late answer may still be on its way to them. SPEC S6 */
  #slots(state: PersonState): Slot[] {
    if (!this.#isPresent(state)) return [];
    return slotsOf(state, this.#people.get(state.number), this.#backends, (backend, name) => {
      if (backend.link === 'own') return backend.view(name, state.values);
      return this.#hearing.isListed(backend, name) ? backend.view(name, nothingSet) : null;
    });
  }

  #isPresent(state: PersonState): boolean {
    return this.#states.get(state.number) === state;
  }

  #slot(number: string, backend: BackendId, name: string): { state: PersonState; slot: Slot } | null {
    if (!this.#states.has(number) && this.#states.size >= mostPersons) return null;
    const state = this.#state(number);
    const slot = this.#slots(state).find((one) => one.backend.id === backend && one.name === name);
    return slot === undefined ? null : { state, slot };
  }

  #showsPresence(number: string): boolean {
    const person = this.#people.get(number);
    return this.#backends.some((backend) => backend.id === 'presence' && backend.slots(person).length > 0);
  }

  #forget(): void {
    this.#pbx = '';
    this.#connected = false;
    this.#ends.clear();
    this.#states = new Map();
    this.#waiting.clear();
    this.#people.clear();
    this.#hearing.clear();
    for (const line of this.#lines.values()) line.close();
    this.#lines = new Map();
  }

  #tellHealth(): void {
    const backends: BackendHealth[] = this.#backends.map((backend) => {
      const line = this.#line(backend);
      const { away } = line;
      const problem = away ?? backend.problem();
      const since = new Date(line.since).toISOString();
      return { id: backend.id, state: away !== null ? 'away' : problem === null ? 'up' : 'limited', problem, since };
    });
    const features = { backends, presenceStates: this.deps.settings().states };
    const text = JSON.stringify(features);
    if (text === this.#toldHealth) return;
    this.#toldHealth = text;
    this.deps.emit({ type: 'pbx.features', at: this.deps.clock.now(), features });
  }
}

/** A phone's own wire may be away: the wish holds, and the phone hears of it later. SPEC W2, W3 */
function isTaken(outcome: WriteOutcome, { backend }: Slot): boolean {
  return outcome.kind === 'done' || (outcome.kind === 'away' && backend.link === 'own');
}

function wished(values: FeatureValues, wish: Wish): FeatureValues {
  if (wish.feature === 'dnd') return withDnd(values, wish.on);
  if (wish.feature === 'presence') return withPresence(values, wish.presence);
  return withForward(values, wish.feature, wish.to, wish.ringCount);
}
