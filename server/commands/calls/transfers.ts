import type { AmiPort } from '../../ami/types';
import type { ListedChannel, PbxEvent } from '../../pbx/events';
import { iso } from '../../pbx/ids';
import type { Failure } from '../../protocol/errors';
import type { Party, TransferRecord, TransferState } from '../../protocol/records';
import { type Actor, keyOf } from '../actor';
import type { CommandLog } from '../executor';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { refuse } from './plan';
import { type Doing, TransferActs } from './transfer-acts';
import { type Line, lineOf, see } from './transfer-lines';
import { nextStep } from './transfer-steps';
import { sendStraysHome } from './transfer-strays';

export interface TransfersDeps {
  readonly model: ModelPort;
  /** Null: no PBX; what is to be done is tried again with the events that follow. */
  readonly ami: () => AmiPort | null;
  /** Shows a record, or that it is gone. */
  readonly note: (event: PbxEvent) => void;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
  readonly log: CommandLog;
}

/** One transfer under way: its record, and what the record does not say. */
export interface Running {
  record: TransferRecord;
  /** `user:7`: the same person in another window is the same operator. */
  readonly owner: string;
  /** Where the call to the one who is asked begins in the dialplan. */
  readonly context: string;
  /** Where the caller rings at the operator; null: the operator has no phone that can ring. */
  back: { readonly context: string; readonly exten: string } | null;
  readonly caller: Line;
  own: Line | null;
  /** The call to the one who is asked: the half of its Local channel that is connected with others. */
  asked: Line | null;
  apart: boolean;
  connecting: boolean;
  /** The last DialStatus of that call. */
  status: string | null;
  stateAt: number;
  patience: number | null;
  /** How often the PBX was asked where the caller got to. */
  looks: number;
  failures: number;
  /** The step that failed last, and when it did (epoch ms). */
  failed: { readonly step: Doing; readonly at: number } | null;
}

export interface NewTransfer {
  readonly mode: TransferRecord['mode'];
  readonly state: 'ringing' | 'transferred';
  readonly caller: string;
  readonly own: string | null;
  readonly party: Party;
  readonly to: Party;
  readonly extension: string | null;
  readonly context: string;
  readonly back: Running['back'];
  readonly patience: number | null;
}

/** Steps that fail so often are given up: the PBX has other ideas, and the caller is where it put them. */
const mostFailures = 5;
/** Until the same is tried again: what became of the legs may not have been told yet, ms. */
const afterFailureMs = 250;

/**
 * All transfers that operators of the panel have under way (docs/adr/0007-attended-transfer.md). Commands begin and steer
 * them; whatever else happens to their legs is observed here, and leads to the next step by itself.
 */
export class Transfers {
  readonly #running = new Map<string, Running>();
  readonly #turns = new Map<Running, Promise<unknown>>();
  readonly acts: TransferActs;
  #serial = 0;

  constructor(private readonly deps: TransfersDeps) {
    this.acts = new TransferActs(deps);
  }

  /** For tests and metrics. */
  get size(): number {
    return this.#running.size;
  }

  /** The transfer that one of these legs takes part in; undefined: none. */
  of(uniqueid: string): Running | undefined {
    for (const one of this.#running.values()) {
      if ([one.caller, one.own, one.asked].some((line) => line?.uniqueid === uniqueid)) return one;
      if (one.record.target === uniqueid) return one;
    }
    return undefined;
  }

  /** Why this actor may not begin or steer a transfer of this leg: another one has it; null: go on. */
  whyNot(running: Running, actor: Actor): Failure | null {
    if (running.owner === keyOf(actor)) return null;
    return fail('conflict', `${running.record.by} is transferring this call.`);
  }

  /** Why this leg cannot be transferred anew; null: it can, and the transfer before is over with that. */
  whyNotBegin(running: Running, actor: Actor): Failure | null {
    const another = this.whyNot(running, actor);
    if (another !== null) return another;
    const onItsWay = ['transferred', 'returned'].includes(running.record.state);
    if (onItsWay && running.asked === null && !this.#turns.has(running)) return null;
    return fail('conflict', 'You are transferring this call already; complete or cancel that first.');
  }

  /** Begins one; `work` does what has to be done to the legs, and the transfer is over before it began when that fails. */
  async begin<T>(actor: Actor, wanted: NewTransfer, work: (running: Running) => Promise<T>): Promise<T> {
    // Asked again: since the plan was made, another window may have been faster.
    const before = this.of(wanted.caller);
    const taken = before === undefined ? null : this.whyNotBegin(before, actor);
    if (taken !== null) refuse(taken);
    if (before !== undefined) this.end(before);
    const running = this.#create(actor, wanted);
    return this.inTurn(running, async () => {
      try {
        return await work(running);
      } catch (error) {
        this.end(running);
        throw error;
      }
    });
  }

  /** Does `work` while nothing else is done to this transfer, then sees what has become of it. */
  async inTurn<T>(running: Running, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(running) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.#turns.set(running, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(running) === settled) this.#turns.delete(running);
      this.#advance(running);
    }
  }

  /** The same for several; always in one order, so that no two commands wait for each other. */
  allInTurn<T>(all: readonly Running[], work: () => Promise<T>): Promise<T> {
    const inOrder = [...all].sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
    return inOrder.reduceRight((rest, one) => () => this.inTurn(one, rest), work)();
  }

  isRunning(running: Running): boolean {
    return this.#running.has(running.record.id);
  }

  /** The next state; shown at once. */
  become(running: Running, state: TransferState, reason: string | null = running.record.reason): void {
    if (!this.isRunning(running)) return;
    const now = this.deps.now();
    if (state !== running.record.state) {
      running.stateAt = now;
      running.record = { ...running.record, since: iso(now) };
    }
    running.record = { ...running.record, state, reason };
    this.#show(running);
  }

  /** Forgets a transfer; its legs stay as they are. */
  end(running: Running): void {
    if (!this.#running.delete(running.record.id)) return;
    this.deps.note({ type: 'transfer.gone', at: this.deps.now(), id: running.record.id });
  }

  /** Tell each event here after the model had it. */
  observe(event: PbxEvent): void {
    if (event.type === 'list.channels' && !event.repair) this.#sendStraysHome(event.channels);
    if (this.#running.size === 0 || event.type === 'transfer' || event.type === 'transfer.gone') return;
    for (const running of [...this.#running.values()]) {
      if (event.type === 'dial.end') noteOutcome(running, event);
      this.#advance(running);
    }
  }

  /** After the first read: callers whom a panel that was restarted left waiting. */
  #sendStraysHome(channels: readonly ListedChannel[]): void {
    const ami = this.deps.ami();
    if (ami === null) return;
    const { log } = this.deps;
    sendStraysHome(ami, channels, (uniqueid) => this.of(uniqueid) !== undefined).then(
      (sent) => sent > 0 && log.warn({ sent }, 'callers who waited for a transfer ring at their operators again'),
      (error: unknown) => log.warn({ err: error }, 'callers who wait for a transfer were not looked after'),
    );
  }

  #create(actor: Actor, wanted: NewTransfer): Running {
    const { model, now } = this.deps;
    const at = now();
    this.#serial += 1;
    const record: TransferRecord = {
      id: `transfer-${at}.${this.#serial}`,
      mode: wanted.mode,
      state: wanted.state,
      uniqueid: wanted.caller,
      party: wanted.party,
      extension: wanted.extension,
      by: actor.name,
      to: wanted.to,
      own: wanted.state === 'ringing' ? wanted.own : null,
      target: null,
      reason: null,
      startedAt: iso(at),
      since: iso(at),
    };
    const running: Running = {
      record,
      owner: keyOf(actor),
      context: wanted.context,
      back: wanted.back,
      caller: lineOf(wanted.caller, model),
      own: wanted.own === null ? null : lineOf(wanted.own, model),
      asked: null,
      apart: false,
      connecting: false,
      status: null,
      stateAt: at,
      patience: wanted.patience,
      looks: 0,
      failures: 0,
      failed: null,
    };
    this.#running.set(record.id, running);
    this.#show(running);
    return running;
  }

  #show(running: Running): void {
    this.deps.note({ type: 'transfer', at: this.deps.now(), transfer: running.record });
  }

  /** Whatever is to be done next; nothing while something is being done. */
  #advance(running: Running): void {
    if (this.#turns.has(running) || !this.isRunning(running)) return;
    // What the model shows of a PBX that is away is as it was; with the first read it will be true again.
    if (this.deps.model.link() !== 'up') return;
    const { seen, changed } = see(running, this.deps.model, this.deps.now());
    if (changed) this.#show(running);
    const step = nextStep(seen);
    if (step === 'end' || running.failures >= mostFailures) this.end(running);
    else if (step === 'talk') this.become(running, 'talking');
    else if (step === 'tell') this.become(running, 'returned');
    else if (step !== 'stay') this.#take(step, running);
  }

  #take(step: Doing, running: Running): void {
    const ami = this.deps.ami();
    if (ami === null || ami.status.state !== 'ready') return;
    const { failed } = running;
    if (failed?.step === step && this.deps.now() < failed.at + afterFailureMs) return;
    const take = async (): Promise<void> => {
      try {
        await this.acts.take(step, running, ami, this);
      } catch (error) {
        running.failures += 1;
        running.failed = { step, at: this.deps.now() };
        this.deps.log.warn({ err: error, step, transfer: running.record.id }, 'a step of a transfer failed');
      }
    };
    this.inTurn(running, take).catch((error: unknown) => {
      this.deps.log.error({ err: error, transfer: running.record.id }, 'a transfer cannot be followed');
    });
  }
}

/** How the call to the one who is asked ended, or a blind transfer's. */
function noteOutcome(running: Running, { source, dest, status }: Extract<PbxEvent, { type: 'dial.end' }>): void {
  const own =
    running.asked === null ? source?.uniqueid === running.caller.uniqueid : dest.uniqueid === running.asked.uniqueid;
  if (own) running.status = status;
}
