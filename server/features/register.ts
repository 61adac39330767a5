import type { PbxEvent } from '../pbx/events';
import type { AvailabilitySettings } from '../protocol/availability';
import type { BackendId } from '../protocol/records';
import type { FeatureBackend, Person } from './backend';
import { People } from './people';
import { newPerson, type PersonState, type Slot, slotsOf } from './person';
import { nothingSet } from './values';

export interface RegisterDeps {
  /** Every backend there is. */
  readonly backends: readonly FeatureBackend[];
  readonly settings: () => Pick<AvailabilitySettings, 'order' | 'enabled' | 'dfks'>;
  /** Its list was heard: who is not in it holds nothing. */
  readonly isListed: (backend: FeatureBackend, name: string) => boolean;
  /** SPEC S3 */
  readonly decides: (slot: Slot) => boolean;
}

/** Strangers (numbers that are no extension) are followed up to here. */
const mostPersons = 100_000;

/** Whose features are known, which backends are in use, and what each keeps for whom. */
export class Register {
  readonly #people = new People();
  #states = new Map<string, PersonState>();
  #backends: readonly FeatureBackend[] = [];

  constructor(private readonly deps: RegisterDeps) {
    this.arrange();
  }

  /** Those in use, in the order in which they win. */
  get backends(): readonly FeatureBackend[] {
    return this.#backends;
  }

  /** By the settings in force; answers the backends that were not in use before. */
  arrange(): readonly FeatureBackend[] {
    const before = new Set(this.#backends);
    const { order, enabled, dfks } = this.deps.settings();
    const used = { ...enabled, dfks: dfks.enabled };
    this.#backends = order.flatMap((id) => (used[id] ? this.deps.backends.filter((backend) => backend.id === id) : []));
    return this.#backends.filter((backend) => !before.has(backend));
  }

  /** The persons whose slots may be others after this event. */
  note(event: PbxEvent): readonly PersonState[] {
    if (event.type === 'features.clear') this.#people.clear();
    return this.#people.note(event).flatMap((number) => this.#states.get(number) ?? []);
  }

  person(number: string): Person {
    return this.#people.get(number);
  }

  isKnown(number: string): boolean {
    return this.#people.has(number) || this.#states.has(number);
  }

  find(number: string): PersonState | undefined {
    return this.#states.get(number);
  }

  states(): IterableIterator<PersonState> {
    return this.#states.values();
  }

  numbers(): IterableIterator<string> {
    return this.#states.keys();
  }

  add(state: PersonState): void {
    this.#states.set(state.number, state);
  }

  /** The person's, made when there is none. */
  state(number: string): PersonState {
    const known = this.#states.get(number);
    if (known !== undefined) return known;
    const state = newPerson(number);
    this.#states.set(number, state);
    for (const slot of this.slots(state)) {
      if (slot.held === null || !this.deps.decides(slot)) continue;
      for (const key of slot.backend.features(slot.name)) state.established.add(key);
    }
    return state;
  }

  /** None of a person of another PBX: a late answer may still be on its way to them. SPEC S6 */
  slots(state: PersonState): Slot[] {
    if (!this.isPresent(state)) return [];
    return slotsOf(state, this.#people.get(state.number), this.#backends, (backend, name) => {
      if (backend.link === 'own') return backend.view(name, state.values);
      return this.deps.isListed(backend, name) ? backend.view(name, nothingSet) : null;
    });
  }

  slot(number: string, backend: BackendId, name: string): { state: PersonState; slot: Slot } | null {
    if (!this.#states.has(number) && this.#states.size >= mostPersons) return null;
    const state = this.state(number);
    const slot = this.slots(state).find((one) => one.backend.id === backend && one.name === name);
    return slot === undefined ? null : { state, slot };
  }

  isPresent(state: PersonState): boolean {
    return this.#states.get(state.number) === state;
  }

  /** A phone shows this person's presence. */
  showsPresence(number: string): boolean {
    const person = this.#people.get(number);
    return this.#backends.some((backend) => backend.id === 'presence' && backend.slots(person).length > 0);
  }

  /** Another PBX follows. */
  clear(): void {
    this.#states = new Map();
    this.#people.clear();
  }
}
