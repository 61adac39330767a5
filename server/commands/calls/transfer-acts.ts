import { hangup, isAlreadyGone, originate, redirect, setVar } from '../../ami/actions';
import { applicationOf, bridge, hasExtension, type Place, redirectBoth } from '../../ami/call-actions';
import { AmiRefusedError } from '../../ami/errors';
import type { AmiPort } from '../../ami/types';
import type { CommandLog } from '../executor';
import type { ModelPort } from '../model-port';
import { displayName, newUniqueid } from './phones';
import { askedPerson, type Line } from './transfer-lines';
import { WaitingRoom } from './transfer-places';
import type { Step } from './transfer-steps';
import { askedId, rememberWayBack } from './transfer-strays';
import { backFrom, named, whyUnanswered } from './transfer-words';
import type { Running, Transfers } from './transfers';

/** The steps that ask something of the PBX. */
export type Doing = Exclude<Step, 'stay' | 'talk' | 'tell' | 'end'>;

interface ActDeps {
  readonly model: ModelPort;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
  readonly log: CommandLog;
}

/** An answered call needs a moment until it can be connected: Asterisk starts it in the dialplan first, ms. */
const afterAnswerMs = 30;
/** A leg that was sent to wait leaves its bridge on its own time; looked at so often, ms. */
const leavingMs = 10;
const leavingLooks = 30;
/** Connecting is tried so often, with so much between, ms. */
const joinAttempts = 20;
const joinAgainMs = 25;
/** How long the one who is asked is rung, when their dialplan does not end it before, ms. */
const ringMs = 60_000;
/** Nobody took a caller who is here; the dialplan hangs up next. */
const refusing = /^(?:Busy|Congestion)$/i;
/** On the way from one to the next: look again. */
const passing =
  /^(?:|AppDial|Dial|Wait|Answer|NoOp|Set|Goto\w*|Gosub\w*|Macro\w*|ExecIf|Ringing|Progress|PlayTones|Return)$/i;

/** So long a caller rings somewhere before they come back, ms; what rings outside takes longer to be answered. */
export const patienceMs = { inside: 30_000, outside: 60_000 } as const;

/** What is done to the legs of a transfer. The caller comes first in every order: whatever fails, they are not lost. */
export class TransferActs {
  readonly room = new WaitingRoom();

  constructor(private readonly deps: ActDeps) {}

  /** Caller and operator wait, the one who is asked is rung. */
  async ask(running: Running, ami: AmiPort, own: Line): Promise<string> {
    const { music, ring } = await this.room.places(ami);
    const { caller, back } = running;
    if (back !== null) await rememberWayBack(ami, caller.uniqueid, back);
    await redirectBoth(ami, [caller.uniqueid, music], [own.uniqueid, ring]);
    try {
      return await this.#call(running, ami, music, this.#operatorId(running));
    } catch (error) {
      running.asked = null;
      // The operator may have hung up meanwhile: then the caller rings there, rather than wait for nobody.
      await this.#join(ami, own.name, caller.name).catch(() => this.ringBack(running, ami));
      throw error;
    }
  }

  /** The caller waits, hears the ring tone, and is connected with the target by the answer; the operator is free. */
  async send(running: Running, ami: AmiPort): Promise<string> {
    const { music, ring } = await this.room.places(ami);
    const { caller, context, record, back } = running;
    if (back !== null) await rememberWayBack(ami, caller.uniqueid, back);
    await redirect(ami, caller.uniqueid, ring);
    try {
      const { number, name } = record.party;
      return await this.#call(running, ami, music, callerId(name, number));
    } catch (error) {
      running.asked = null;
      await redirect(ami, caller.uniqueid, { context, exten: record.to.number });
      throw error;
    }
  }

  /** Rings the target; its Uniqueid. It is put into the waiting place by the answer, until it is connected. */
  async #call(running: Running, ami: AmiPort, place: Place, shown: string | undefined): Promise<string> {
    const { now } = this.deps;
    const uniqueid = askedId(newUniqueid(now()));
    running.asked = { uniqueid, name: '' };
    await originate(ami, {
      // /n: it must stay what it is, so that it can be put on hold and survive the operator's hanging up.
      channel: `Local/${running.record.to.number}@${running.context}/n`,
      target: place,
      uniqueid,
      otherUniqueid: newUniqueid(now()),
      callerId: shown,
      timeoutMs: ringMs,
    });
    return uniqueid;
  }

  /** The other one of the two; who talked until now hears music. */
  async swap(running: Running, ami: AmiPort, to: 'talking' | 'swapped'): Promise<void> {
    const { caller, own, asked } = running;
    if (own === null || asked === null) return;
    const { music } = await this.room.places(ami);
    const [waits, talks] = to === 'swapped' ? [asked, caller] : [caller, asked];
    await redirectBoth(ami, [waits.uniqueid, music], [own.uniqueid, music]);
    await this.#left(own, waits);
    await this.#join(ami, own.name, talks.name);
  }

  /** Caller and asked; the operator is free. */
  async complete(running: Running, ami: AmiPort): Promise<void> {
    const { caller, own, asked } = running;
    if (asked === null) return;
    const person = askedPerson(running, this.deps.model);
    const name = person === null ? asked.name : this.deps.model.line(person)?.name;
    await this.#join(ami, name ?? asked.name, caller.name);
    // The Local channel that led to the person has nobody left.
    if (person !== null) await this.#hangUp(ami, asked);
    await this.#hangUp(ami, own);
  }

  /** The caller back to the operator's phone, which is still there. */
  async giveBack(running: Running, ami: AmiPort): Promise<void> {
    const { caller, own, asked } = running;
    if (own !== null) {
      // Who was left behind, or was sent to wait just now, leaves the bridge a moment later.
      const together = asked !== null && this.deps.model.line(own.uniqueid)?.bridgedWith.includes(asked.uniqueid);
      if (together !== true) await this.#left(own);
      await this.#join(ami, own.name, caller.name);
    }
    await this.#hangUp(ami, asked);
  }

  /** Out of a consultation, whoever talks to whom at the moment. */
  async takeBack(running: Running, ami: AmiPort, model: ModelPort): Promise<void> {
    const { own, asked, record } = running;
    if (own === null || model.line(own.uniqueid) === undefined) return this.ringBack(running, ami);
    if (record.state === 'swapped') return this.#hangUp(ami, asked);
    return this.giveBack(running, ami);
  }

  /** The caller rings at the operator, whose phone shows from whom. */
  async ringBack(running: Running, ami: AmiPort): Promise<void> {
    const { caller, asked, own, back, context, record } = running;
    await this.#hangUp(ami, asked);
    if (back === null || !(await hasExtension(ami, back.context, back.exten))) {
      // Nowhere to come back to: the dialplan shall ring for them once more, and has a mailbox perhaps.
      await redirect(ami, caller.uniqueid, { context, exten: record.to.number });
      return;
    }
    await this.#hangUp(ami, own);
    await setVar(ami, 'CALLERID(name)', backFrom(record.to, record.party), caller.uniqueid);
    await redirect(ami, caller.uniqueid, back);
  }

  /** The operator leaves before the answer: the caller waits for it, and hears the ring tone for the music. */
  async leave(running: Running, ami: AmiPort, transfers: Transfers): Promise<void> {
    const { caller, own } = running;
    const { music, ring } = await this.room.places(ami);
    if (ring !== music) await redirect(ami, caller.uniqueid, ring);
    running.patience = patienceMs.inside;
    transfers.become(running, 'transferred');
    await this.#hangUp(ami, own);
  }

  /** Who was asked and is not among these is not left waiting for nobody. */
  async dropUnless(brought: readonly string[], running: Running, ami: AmiPort): Promise<void> {
    const person = askedPerson(running, this.deps.model);
    if (person === null || !brought.includes(person)) await this.#hangUp(ami, running.asked);
  }

  /** A step that follows by itself. */
  async take(step: Doing, running: Running, ami: AmiPort, transfers: Transfers): Promise<void> {
    const { own, asked } = running;
    switch (step) {
      case 'connect':
        return this.#connect(running, ami);
      case 'giveBack':
        transfers.become(running, 'returning', this.#why(running));
        await this.giveBack(running, ami);
        running.asked = null;
        return;
      case 'ringBack':
        return this.#ringBackByItself(running, ami, transfers);
      case 'letRing':
        return this.leave(running, ami, transfers);
      case 'complete':
        await this.deps.pause(afterAnswerMs);
        await this.complete(running, ami);
        return transfers.end(running);
      case 'resume':
        if (own !== null && asked !== null) await this.#join(ami, own.name, asked.name);
        return transfers.end(running);
      case 'abandon':
        transfers.end(running);
        await this.#hangUp(ami, asked);
        return this.#hangUpAlone(ami, own);
      case 'look':
        return this.#look(running, ami, transfers);
    }
  }

  async #connect(running: Running, ami: AmiPort): Promise<void> {
    const { own, asked } = running;
    await this.deps.pause(afterAnswerMs);
    running.connecting = true;
    running.stateAt = this.deps.now();
    if (own !== null && asked !== null) await this.#join(ami, own.name, asked.name);
  }

  async #ringBackByItself(running: Running, ami: AmiPort, transfers: Transfers): Promise<void> {
    if (running.back === null && running.asked === null) {
      transfers.end(running);
      return;
    }
    transfers.become(running, 'returning', running.record.reason ?? this.#why(running));
    await this.ringBack(running, ami);
    this.cameBack(running);
    transfers.become(running, 'returned');
  }

  /** From now on it is watched as a call to the operator. */
  cameBack(running: Running): void {
    running.asked = null;
    running.own = null;
    running.patience = null;
  }

  /** Busy tones end in a hang-up: the caller is fetched out of them. Anything else looks after callers itself. */
  async #look(running: Running, ami: AmiPort, transfers: Transfers): Promise<void> {
    running.looks += 1;
    const application = await applicationOf(ami, running.caller.uniqueid);
    if (passing.test(application)) return;
    if (!refusing.test(application)) return transfers.end(running);
    if (/^busy$/i.test(application)) running.status = 'BUSY';
    await this.#ringBackByItself(running, ami, transfers);
  }

  #why(running: Running): string {
    const { record, status } = running;
    if (record.state === 'talking' || record.state === 'swapped') return `${named(record.to)} hung up`;
    return whyUnanswered(record.to, status, this.deps.model);
  }

  #operatorId({ record, own }: Running): string | undefined {
    const { model } = this.deps;
    const number = record.extension ?? (own === null ? null : (model.leg(own.uniqueid)?.channel.extension ?? null));
    return number === null ? undefined : callerId(model.extension(number)?.name ?? '', number);
  }

  /**
   * Connects two. The caller is always `two`: when that one cannot be had, `one` is dropped. A channel that was sent to
   * wait cannot be connected in the moment between its bridge and its waiting place.
   */
  async #join(ami: AmiPort, one: string, two: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await bridge(ami, one, two);
      } catch (error) {
        const tooEarly = error instanceof AmiRefusedError && /^unable to add channel[12]/i.test(error.reason);
        if (!tooEarly || attempt >= joinAttempts) throw error;
        await this.deps.pause(joinAgainMs);
      }
    }
  }

  /** Both have left their bridge: connected earlier, they would be torn out again. */
  async #left(...lines: readonly Line[]): Promise<void> {
    for (let look = 0; look < leavingLooks; look++) {
      if (lines.every(({ uniqueid }) => (this.deps.model.line(uniqueid)?.bridgedWith.length ?? 0) === 0)) return;
      await this.deps.pause(leavingMs);
    }
  }

  async #hangUp(ami: AmiPort, line: Line | null): Promise<void> {
    if (line === null || this.deps.model.line(line.uniqueid) === undefined) return;
    await hangup(ami, line.uniqueid).catch((error: unknown) => {
      if (!(error instanceof AmiRefusedError && isAlreadyGone(error))) throw error;
    });
  }

  async #hangUpAlone(ami: AmiPort, line: Line | null): Promise<void> {
    if (line === null || (this.deps.model.line(line.uniqueid)?.talksTo.length ?? 0) > 0) return;
    await this.#hangUp(ami, line);
  }
}

/** What the phone shows of who calls; nothing for a number that could be more than one. */
function callerId(name: string, number: string): string | undefined {
  return /^\+?[0-9A-Za-z*#._-]{1,40}$/.test(number) ? `"${displayName(name)}" <${number}>` : undefined;
}
