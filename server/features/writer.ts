import type { Person, WriteOutcome } from './backend';
import type { BackendLine } from './line';
import { type Fault, type PersonState, type Slot, unknownHeld, unsyncedOf } from './person';
import type { FeatureValues } from './values';

/** How long what was written may take to come back as an event, ms. */
const echoMs = 5_000;

export interface WriterDeps {
  readonly now: () => number;
  /** The PBX link is up. */
  readonly connected: () => boolean;
  readonly line: (slot: Slot) => BackendLine;
  readonly person: (number: string) => Person;
  readonly slots: (state: PersonState) => readonly Slot[];
  /** A backend answered: its health may be other than before. */
  readonly answered: () => void;
  /** What is not yet everywhere is other than before. */
  readonly faultsChanged: (state: PersonState) => void;
  readonly warn: (fields: object, message: string) => void;
}

/** Brings what slots hold to what is wanted. SPEC E2, E3, W1, W3, W4 */
export class Writer {
  constructor(private readonly deps: WriterDeps) {}

  /** Writes every slot of the person that does not hold what is wanted, as far as it can be. */
  settle(state: PersonState): void {
    const slots = this.deps.slots(state);
    for (const slot of slots) this.#settle(state, slot);
    if (JSON.stringify(unsyncedOf(slots)) !== state.toldFaults) this.deps.faultsChanged(state);
  }

  /** Writes one slot when it is free; `then` hears the outcome before anybody else may write it. */
  async write(
    state: PersonState,
    slot: Slot,
    { values, note }: { readonly values: FeatureValues; readonly note: string | null },
    then: (outcome: WriteOutcome) => void,
  ): Promise<WriteOutcome> {
    while (slot.busy !== null) await slot.busy;
    const end = occupy(slot);
    slot.doubtful = false;
    const text = slot.backend.view(slot.name, values);
    const echo = { text, until: Number.POSITIVE_INFINITY };
    const person = this.deps.person(state.number);
    const request = { person, slot: slot.name, held: text, values, note };
    const outcome = await this.deps.line(slot).write(request, () => slot.expected.push(echo));
    const now = this.deps.now();
    if (outcome.kind === 'done') slot.touchedAt = now;
    // A backend with a wire of its own tells us of others' changes alone.
    const silent = outcome.kind === 'refused' || slot.backend.link === 'own';
    // Nobody knows whether it was done: the list of the next connection tells.
    const lost = outcome.kind === 'away' && !this.deps.connected();
    const until = lost ? Number.POSITIVE_INFINITY : now + echoMs;
    const place = slot.expected.indexOf(echo);
    if (place >= 0) slot.expected.splice(place, 1, ...(silent ? [] : [{ text, until }]));
    slot.expected = slot.expected.filter((one) => one.until > now);
    if (outcome.kind === 'done' && !slot.doubtful) slot.held = text;
    // Done or not, nobody will tell: it is written again, even if what was there before is wanted by then.
    if (outcome.kind === 'away' && place >= 0 && slot.backend.link === 'own') slot.held = unknownHeld;
    if (slot.doubtful) await this.#readAgain(person, slot);
    then(outcome);
    end();
    this.deps.answered();
    this.settle(state);
    return outcome;
  }

  #settle(state: PersonState, slot: Slot): void {
    if (slot.held === null || slot.busy !== null) return;
    const wanted = slot.backend.view(slot.name, state.values);
    if (slot.held === wanted) {
      slot.fault = null;
      return;
    }
    if (slot.fault?.kind === 'refused' && slot.fault.text === wanted) return;
    const away = this.deps.line(slot).away;
    if (away !== null) {
      slot.fault = { kind: 'away', text: wanted, reason: away };
      return;
    }
    void this.#send(state, slot);
  }

  async #send(state: PersonState, slot: Slot): Promise<void> {
    const { values } = state;
    const text = slot.backend.view(slot.name, values);
    const note = state.circumstances.get('dnd')?.note ?? null;
    await this.write(state, slot, { values, note }, (outcome) => {
      const before = slot.fault;
      slot.fault = faultOf(outcome, text);
      const words = outcome.kind === 'done' ? outcome.warning : outcome.message;
      if (words === undefined || before?.reason === words) return;
      this.deps.warn({ extension: state.number, backend: slot.backend.id }, words);
    });
  }

  /** SPEC E3: what the slot holds is doubtful; nothing is written to it before it was read again. */
  verify(state: PersonState, slot: Slot): void {
    slot.doubtful = true;
    if (slot.busy !== null) return;
    const end = occupy(slot);
    void this.#readAgain(this.deps.person(state.number), slot).then(() => {
      end();
      this.settle(state);
    });
  }

  async #readAgain(person: Person, slot: Slot): Promise<void> {
    try {
      slot.held = (await slot.backend.read(person, slot.name)) ?? unknownHeld;
      slot.touchedAt = this.deps.now();
    } catch {
      // The link is gone: the lists of the next connection tell.
    }
    slot.doubtful = false;
  }
}

/** Nobody else writes this slot until the answer is called. */
function occupy(slot: Slot): () => void {
  let end = (): void => undefined;
  slot.busy = new Promise((resolve) => (end = resolve));
  return () => {
    slot.busy = null;
    end();
  };
}

export function faultOf(outcome: WriteOutcome, text: string): Fault | null {
  return outcome.kind === 'done' ? null : { kind: outcome.kind, text, reason: outcome.message };
}
