import type { FeatureEvent, PbxEvent } from '../pbx/events';
import type { AvailabilitySettings, FeatureChange } from '../protocol/availability';
import type { BackendHealth, BackendId, FeatureKey, LinkState } from '../protocol/records';
import type { FeatureBackend } from './backend';
import { Ends } from './ends';
import { Hearing } from './hearing';
import { Keeper, type Rows } from './keeper';
import { BackendLine } from './line';
import { dndRecordOf, forwardRecordOf, type PersonState, presenceRecordOf, unknownHeld, unsyncedOf } from './person';
import { Register } from './register';
import { Serial } from './serial';
import { type Cause, Truth } from './truth';
import { type FeatureValues, nothingSet, withDnd, withPresence } from './values';
import {
  givenBack,
  isTaken,
  type Remembered,
  rememberedOf,
  type Version,
  versionOf,
  type Wish,
  type WishOutcome,
  wished,
} from './wish';
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

/** An answer waits so long for the database, ms. */
const longestWriteMs = 1_000;

/**
 * The one truth about do-not-disturb, forwarding and presence: hears what every backend holds, takes wishes, writes to all
 * the others, keeps it over restarts. The rules are numbered in SPEC.md.
 */
export class Availability {
  #pbx = '';
  #connected = false;
  #lines = new Map<BackendId, BackendLine>();
  /** Persons with something that waits for an absent backend. */
  readonly #waiting = new Set<string>();
  readonly #register: Register;
  readonly #serial = new Serial();
  readonly #truth: Truth;
  readonly #writer: Writer;
  readonly #hearing: Hearing;
  readonly #keeper: Keeper;
  readonly #ends: Ends;
  #toldHealth = '';

  constructor(private readonly deps: AvailabilityDeps) {
    const { clock, log } = deps;
    this.#register = new Register({
      backends: deps.backends,
      settings: deps.settings,
      isListed: (backend, name) => this.#hearing.isListed(backend, name),
      decides: (slot) => this.#hearing.decides(slot),
    });
    this.#truth = new Truth({
      rule: () => deps.settings().presenceRule,
      shown: (number) => this.#register.showsPresence(number),
      history: (change) => deps.history(this.#pbx, change),
      changed: (state, features) => this.#changed(state, features),
    });
    this.#writer = new Writer({
      now: () => clock.now(),
      connected: () => this.#connected,
      line: (slot) => this.#line(slot.backend),
      person: (number) => this.#register.person(number),
      slots: (state) => this.#register.slots(state),
      answered: () => this.#tellHealth(),
      faultsChanged: (state) => this.#tell(state),
      warn: (fields, message) => log.warn(fields, message),
    });
    this.#hearing = new Hearing({
      now: () => clock.now(),
      backends: () => this.#register.backends,
      slot: (number, backend, name) => this.#register.slot(number, backend, name),
      numbers: () => this.#register.numbers(),
      truth: this.#truth,
      told: (state) => this.#tell(state),
      settle: (state) => this.#writer.settle(state),
      verify: (state, slot) => this.#writer.verify(state, slot),
      repair: (number, slot, held) => void slot.backend.repair?.(this.#register.person(number), slot.name, held),
    });
    this.#keeper = new Keeper({
      rows: deps.rows,
      find: (number) => this.#register.find(number),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      error: (error) => log.error({ err: error }, 'availability was not written to the database'),
    });
    this.#ends = new Ends({
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      due: (key) => this.#end(key),
    });
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
      this.#register.add(state);
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
    for (const state of this.#register.note(event)) this.#writer.settle(state);
  }

  /** A backend with a wire of its own tells what a slot holds now. */
  report(backend: BackendId, number: string, slot: string, held: string): void {
    const found = this.#register.slot(number, backend, slot);
    if (found !== null) this.#hearing.hear(found.state, found.slot, held, this.deps.clock.now());
  }

  /** Somebody something was ever told of; the PBX may not have been read yet. */
  isKnown(number: string): boolean {
    return this.#register.isKnown(number);
  }

  /** What is true of this number. */
  values(number: string): FeatureValues {
    return this.#register.find(number)?.values ?? nothingSet;
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
    return rememberedOf(this.#register.find(number), this.values(number), feature);
  }

  /** SPEC B2: the feature as remembered, if its version is still the one given when it is its turn. */
  restore(number: string, feature: FeatureKey, old: Remembered, version: Version, by: string): Promise<WishOutcome> {
    const { note = null, until = null } = old.circumstance ?? {};
    const isNewest = (key: keyof Version): boolean => this.version(number, feature)[key] === version[key];
    const next = (values: FeatureValues) => givenBack(values, old.values, feature, isNewest('tied'));
    const cause = { source: 'panel', by, claims: feature, note, until, tied: old.tied } as const;
    const changed = 'It was changed again in the meantime.';
    return this.#wish(number, next, cause, () => (isNewest('own') ? null : changed));
  }

  version(number: string, feature: FeatureKey): Version {
    return versionOf(this.#register.find(number), feature);
  }

  /** The settings are others now. */
  retune(): void {
    const added = this.#register.arrange();
    this.#hearing.forget(added);
    for (const state of this.#register.states()) {
      for (const slot of this.#register.slots(state)) {
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
      const state = this.#register.state(number);
      const primary = this.#register
        .slots(state)
        .find((slot) => slot.backend.features(slot.name).includes(cause.claims));
      const come = (): void => {
        if (!this.#register.isPresent(state)) return;
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
    for (const state of this.#register.states()) {
      const waits = this.#waiting.has(state.number);
      let refused = false;
      for (const slot of this.#register.slots(state)) {
        if (slot.backend.link !== link || slot.fault?.kind !== 'refused') continue;
        slot.fault = null;
        refused = true;
      }
      if (waits || refused || link === 'ami') this.#writer.settle(state);
    }
  }

  #changed(state: PersonState, features: readonly FeatureKey[]): void {
    if (!this.#register.isPresent(state)) return;
    for (const slot of this.#register.slots(state)) {
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
    if (!this.#register.isPresent(state)) return;
    const slots = this.#register.slots(state);
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
    const state = this.#register.find(key.slice(feature.length + 1));
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

  #forget(): void {
    this.#pbx = '';
    this.#connected = false;
    this.#ends.clear();
    this.#register.clear();
    this.#waiting.clear();
    this.#hearing.clear();
    for (const line of this.#lines.values()) line.close();
    this.#lines = new Map();
  }

  #tellHealth(): void {
    const backends: BackendHealth[] = this.#register.backends.map((backend) => {
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
