import { bridgeHeaders, channelHeaders, header } from './blocks';
import { TwoParty } from './bridges';
import type { Engine } from './engine';
import type { Bridge, Channel } from './model';

export type TransferResult = 'Success' | 'Invalid' | 'Fail';

/** Blind transfer, and attended transfer by a phone that holds one call on a line and asks on another (SIP Replaces). */
export class Transfers {
  /** First leg → second leg of a transfer that is being talked over. */
  private readonly consultations = new Map<Channel, Channel>();

  constructor(private readonly engine: Engine) {}

  /** The other party of `transferer` goes to `exten`; the transferer is out. */
  blind(transferer: Channel, context: string, exten: string, external = true): TransferResult {
    const { bridges, channels, core, dialplan, parking } = this.engine;
    const bridge = transferer.bridge;
    const peer = bridges.peer(transferer);
    if (transferer.ending || !bridge || !(transferer.activity instanceof TwoParty)) return 'Invalid';
    if (!peer || !dialplan.exists(context, exten)) return 'Fail';
    bridges.unhold(transferer);
    core.emit(
      'call',
      'BlindTransfer',
      header('Result', 'Success') +
        channelHeaders(transferer, 'Transferer') +
        channelHeaders(peer, 'Transferee') +
        bridgeHeaders(bridge) +
        header('IsExternal', external ? 'Yes' : 'No') +
        header('Context', context) +
        header('Extension', exten),
    );
    const lot = parking.lotOfExten(exten);
    transferer.activity.transferred(transferer);
    peer.pbx = true;
    peer.afterBridge = () => {
      if (lot) parking.park(peer, transferer.device ?? '', lot);
      else dialplan.enter(peer, context, exten);
    };
    channels.hangup(transferer, { by: 'end' });
    return 'Success';
  }

  /**
   * Begins an attended transfer: the present party is put on hold and the same phone calls `exten` on a second line.
   * Undefined when the phone has no free line or is not talking.
   */
  consult(first: Channel, exten: string): Channel | undefined {
    if (!(first.activity instanceof TwoParty) || first.device === null || first.ending) return undefined;
    const name = first.device.slice(first.device.indexOf('/') + 1);
    this.engine.bridges.hold(first);
    const second = this.engine.phones.dial(name, exten);
    if (second) this.consultations.set(first, second);
    else this.engine.bridges.unhold(first);
    return second;
  }

  consultationOf(first: Channel): Channel | undefined {
    return this.consultations.get(first);
  }

  /** Connects the party of `first` with the party of `second`, both legs of one phone. */
  complete(first: Channel, second = this.consultations.get(first)): TransferResult {
    this.consultations.delete(first);
    if (!second || first.ending || second.ending) return 'Invalid';
    if (!(first.activity instanceof TwoParty)) return 'Invalid';
    if (second.activity instanceof TwoParty) return this.swap(first, second);
    // Not answered yet: the caller waits for the target in the transferer's place.
    const { context, exten } = second;
    this.engine.channels.hangup(second, { tech: 487 });
    return this.blind(first, context, exten, false);
  }

  /** The transferer takes the first party back. */
  cancel(first: Channel): TransferResult {
    const second = this.consultations.get(first);
    this.consultations.delete(first);
    if (!second) return 'Invalid';
    if (!second.ending) this.engine.phones.hangup(second);
    this.engine.bridges.unhold(first);
    return 'Success';
  }

  forget(channel: Channel): void {
    if (this.consultations.delete(channel)) return;
    for (const [first, second] of this.consultations) {
      if (second !== channel) continue;
      this.consultations.delete(first);
      return;
    }
  }

  private swap(first: Channel, second: Channel): TransferResult {
    const { bridges, channels, core } = this.engine;
    const into = first.bridge;
    const from = second.bridge;
    const party = bridges.peer(first);
    const target = bridges.peer(second);
    const activity = first.activity;
    if (!into || !from || !party || !target || into === from || !(second.activity instanceof TwoParty)) return 'Fail';
    bridges.unhold(first);
    bridges.unhold(second);
    const event = this.attended(first, into, second, from, party, target);
    if (activity instanceof TwoParty) activity.transferred(first);
    second.activity.transferred(second);
    bridges.leave(from, target);
    bridges.enter(into, target, first);
    target.activity = activity;
    bridges.leave(into, first);
    first.activity = null;
    core.emit('call', 'AttendedTransfer', event);
    bridges.leave(from, second);
    second.activity = null;
    bridges.destroy(from);
    channels.hangup(first, { by: 'end' });
    channels.hangup(second, { by: 'end' });
    channels.setConnected(party, target.caller);
    channels.setConnected(target, party.caller);
    bridges.unheld(party);
    bridges.unheld(target);
    return 'Success';
  }

  private attended(
    first: Channel,
    into: Bridge,
    second: Channel,
    from: Bridge,
    party: Channel,
    target: Channel,
  ): string {
    return (
      header('Result', 'Success') +
      channelHeaders(first, 'OrigTransferer') +
      bridgeHeaders(into, 'Orig') +
      channelHeaders(second, 'SecondTransferer') +
      bridgeHeaders(from, 'Second') +
      channelHeaders(party, 'Transferee') +
      channelHeaders(target, 'TransferTarget') +
      header('IsExternal', 'Yes') +
      header('DestType', 'Bridge') +
      header('DestBridgeUniqueid', into.id)
    );
  }
}
