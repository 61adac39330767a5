import type { CommandParams, CommandResult } from '@/server/protocol/commands';
import type { ExtensionCall, ExtensionRecord, Party, TransferRecord } from '@/server/protocol/records';
import type { CommandRequest } from '@/server/protocol/socket';
import type { Op, SnapshotLists } from '@/server/protocol/state';
import { transfer } from './mock-calls';
import { callRecord, newCall } from './mock-office';

type Send = (ops: readonly Op[]) => void;

const done: CommandResult = { ok: true };
const gone: CommandResult = { ok: false, error: 'notFound', message: 'This call is over.' };
const now = () => new Date().toISOString();

/** The commands on calls of the pretended server: each changes the state about as the PBX would. */
export class MockCallCommands {
  constructor(
    private readonly lists: SnapshotLists,
    private readonly send: Send,
  ) {}

  /** Null: not one of these. */
  run({ name, params }: CommandRequest): CommandResult | null {
    const { uniqueid } = params as { uniqueid: string };
    switch (name) {
      case 'call.answer':
        return this.#change(uniqueid, { state: 'talking', answeredAt: now() });
      case 'call.hold': {
        const { on } = params as CommandParams<'call.hold'>;
        return this.#change(uniqueid, { state: on === false ? 'talking' : 'held', stateSince: on ? now() : null });
      }
      case 'call.hangup':
        return this.#end(uniqueid);
      case 'call.dial':
        return this.#dial((params as CommandParams<'call.dial'>).to);
      case 'call.transfer':
        return this.#transfer(params as CommandParams<'call.transfer'>);
      case 'call.transfer.complete':
        return this.#finish(uniqueid, false);
      case 'call.transfer.cancel':
        return this.#finish(uniqueid, true);
      case 'call.transfer.swap':
        return this.#swap(uniqueid);
      case 'call.park':
        return this.#park(uniqueid);
      case 'call.retrieve':
        return this.#retrieve((params as CommandParams<'call.retrieve'>).space);
      case 'call.record':
        return this.#record(params as CommandParams<'call.record'>);
      case 'queue.take':
        return this.#take(uniqueid);
      case 'call.dtmf':
      case 'call.note':
        return done;
      default:
        return null;
    }
  }

  get #me(): ExtensionRecord {
    const [me] = this.lists.extensions;
    if (!me) throw new Error('the pretended office is empty');
    return me;
  }

  #find(uniqueid: string): ExtensionCall | undefined {
    return this.#me.calls.find((call) => call.uniqueid === uniqueid || call.peer === uniqueid);
  }

  #calls(calls: readonly ExtensionCall[]): void {
    const state = calls.some((call) => call.state === 'ringing') ? 'ringing' : calls.length > 0 ? 'inUse' : 'idle';
    this.send([['extensions', this.#me.number, { calls, state }]]);
  }

  #change(uniqueid: string, fields: Partial<ExtensionCall>): CommandResult {
    const call = this.#find(uniqueid);
    if (!call) return gone;
    this.#calls(this.#me.calls.map((one) => (one === call ? { ...one, ...fields } : one)));
    const back = this.lists.transfers.find((one) => one.uniqueid === call.peer && one.state === 'returned');
    if (back) this.send([['transfers', back.id, null]]);
    return done;
  }

  #end(uniqueid: string): CommandResult {
    const call = this.#find(uniqueid);
    if (!call) return gone;
    this.#calls(this.#me.calls.filter((one) => one !== call));
    this.send([['calls', call.callId, null]]);
    return done;
  }

  #begin(state: 'ringing' | 'dialing', direction: 'in' | 'out', party: Party, queue: string | null = null): void {
    const call = newCall(state, direction, party, -9, queue);
    this.send([['calls', call.callId, { ...callRecord(call, this.#me) }]]);
    this.#calls([...this.#me.calls, call]);
  }

  #dial(to: string): CommandResult {
    const name = this.lists.extensions.find((one) => one.number === to)?.name ?? '';
    this.#begin('dialing', 'out', { number: to, name });
    return done;
  }

  #transfer({ uniqueid, to, mode }: CommandParams<'call.transfer'>): CommandResult {
    const call = this.#find(uniqueid);
    if (!call) return gone;
    const attended = mode === 'attended';
    const one = transfer(this.#me, this.lists, attended ? 'ringing' : 'transferred', call.party, 0, to);
    const record = { ...one, uniqueid, own: attended ? call.uniqueid : null };
    this.send([['transfers', one.id, record]]);
    if (!attended) this.#calls(this.#me.calls.filter((other) => other !== call));
    setTimeout(() => this.#answered(one.id, attended), 3_000);
    return done;
  }

  #answered(id: string, attended: boolean): void {
    if (!this.lists.transfers.some((one) => one.id === id)) return;
    this.send([['transfers', id, attended ? { state: 'talking', since: now() } : null]]);
  }

  #of(uniqueid: string): TransferRecord | undefined {
    return this.lists.transfers.find((one) => one.uniqueid === uniqueid);
  }

  #finish(uniqueid: string, back: boolean): CommandResult {
    const one = this.#of(uniqueid);
    if (!one) return gone;
    const { calls } = this.#me;
    const rest = calls.filter((call) => call.uniqueid !== one.own && call.peer !== one.uniqueid);
    this.send([['transfers', one.id, null]]);
    const again = { ...newCall('talking', 'in', one.party, 0), peer: one.uniqueid };
    this.#calls(back ? [...rest, again] : rest);
    return done;
  }

  #swap(uniqueid: string): CommandResult {
    const one = this.#of(uniqueid);
    if (!one) return gone;
    this.send([['transfers', one.id, { state: one.state === 'swapped' ? 'talking' : 'swapped', since: now() }]]);
    return done;
  }

  #park(uniqueid: string): CommandResult {
    const call = this.#find(uniqueid);
    const [lot] = this.lists.parking;
    if (!call || !lot) return gone;
    const space = String(701 + lot.slots.length);
    const parkedBy = `PJSIP/${this.#me.number}`;
    const slot = { space, uniqueid, ...call.party, parkedBy, parkedSince: now(), timeout: 45 };
    this.send([['parking', lot.lot, { slots: [...lot.slots, slot] }]]);
    this.#calls(this.#me.calls.filter((one) => one !== call));
    return done;
  }

  #retrieve(space: string): CommandResult {
    for (const lot of this.lists.parking) {
      const slot = lot.slots.find((one) => one.space === space);
      if (!slot) continue;
      this.send([['parking', lot.lot, { slots: lot.slots.filter((one) => one !== slot) }]]);
      this.#begin('ringing', 'in', slot);
      return done;
    }
    return { ok: false, error: 'notFound', message: `Nobody is parked at ${space}.` };
  }

  #record({ uniqueid, on }: CommandParams<'call.record'>): CommandResult {
    const call = this.#find(uniqueid);
    if (!call) return gone;
    this.send([['calls', call.callId, { recording: on }]]);
    return done;
  }

  #take(uniqueid: string): CommandResult {
    const queue = this.lists.queues.find((one) => one.callers.some((caller) => caller.uniqueid === uniqueid));
    const caller = queue?.callers.find((one) => one.uniqueid === uniqueid);
    if (!queue || !caller) return { ok: false, error: 'conflict', message: 'Erik Berg (104) took this call.' };
    const callers = queue.callers.filter((one) => one !== caller);
    this.send([
      ['queues', queue.name, { callers }],
      ['calls', uniqueid, null],
    ]);
    this.#begin('ringing', 'in', { number: caller.number, name: caller.name }, queue.name);
    return done;
  }
}
