import { coreChannels } from './channels';
import type { OutsideAmi, PhoneBehaviour, PhoneDriver } from './driver';
import type { Farm } from './farm';
import { ForgedCaller } from './forged';
import type { TestPbx } from './pbx';
import type { Line } from './phone-lines';
import type { Block, Fields } from './raw-ami';

/** The phones of the farm on a real PBX. */
export class FarmDriver implements PhoneDriver {
  private forged: ForgedCaller | undefined;
  private readonly consulting = new Map<string, Line>();

  constructor(
    private readonly farm: Farm,
    private readonly pbx: TestPbx,
  ) {}

  async dial(from: string, to: string): Promise<void> {
    await this.farm.dial(from, to);
  }

  async answer(ext: string, other?: string): Promise<void> {
    await this.farm.answer(await this.farm.lines.waitFind(ext, ['ringing'], other));
  }

  async ringing(ext: string, other?: string): Promise<void> {
    await this.farm.lines.waitFind(ext, ['ringing'], other);
  }

  async connected(ext: string, other?: string): Promise<void> {
    await this.farm.lines.waitFind(ext, ['up'], other);
  }

  async quiet(ext: string): Promise<void> {
    const { lines } = this.farm;
    await lines.wait(
      () => (lines.find(ext, ['dialing', 'ringing', 'up']) ? undefined : true),
      `${ext} still has a call`,
    );
  }

  async hangup(ext: string, other?: string): Promise<void> {
    await this.farm.hangup(await this.farm.lines.waitFind(ext, ['dialing', 'ringing', 'up'], other));
  }

  async reject(ext: string, other?: string): Promise<void> {
    await this.farm.hangup(await this.farm.lines.waitFind(ext, ['ringing'], other), 'busy');
  }

  async hold(ext: string, other?: string): Promise<void> {
    await this.farm.hold(await this.up(ext, other));
  }

  async unhold(ext: string, other?: string): Promise<void> {
    await this.farm.unhold(await this.up(ext, other));
  }

  async dtmf(ext: string, digits: string, other?: string): Promise<void> {
    await this.farm.dtmf(await this.up(ext, other), digits);
  }

  async speak(ext: string, other?: string): Promise<void> {
    await this.farm.speak(await this.up(ext, other));
  }

  async blindTransfer(ext: string, to: string, other?: string): Promise<void> {
    const line = await this.up(ext, other);
    await this.bridged(ext);
    const transferred = this.pbxEvent((event) => event.event === 'BlindTransfer', 'the PBX did not take the REFER');
    await this.farm.refer(line, to);
    await transferred;
    await this.farm.hangup(line);
  }

  async attendedTransfer(ext: string, to: string, other?: string): Promise<void> {
    const line = await this.up(ext, other);
    await this.bridged(ext);
    // The PBX listens for the number once it has put the other party on hold.
    const held = this.pbxEvent((event) => event.event === 'MusicOnHoldStart', 'the PBX did not take *2');
    await this.farm.dtmf(line, '*2');
    await held;
    await this.farm.dtmf(line, to);
    this.consulting.set(ext, line);
  }

  /** A phone is up a moment before the PBX joins it to the other; a transfer in that moment has nobody to transfer. */
  private async bridged(ext: string): Promise<void> {
    const until = performance.now() + 5_000;
    while (performance.now() < until) {
      const channels = await coreChannels(this.pbx.instance);
      if (channels.some(({ name, bridgeId }) => name.includes(`/${ext}-`) && bridgeId !== '')) return;
    }
    throw new Error(`${ext} was never bridged`);
  }

  async completeTransfer(ext: string): Promise<void> {
    await this.farm.hangup(this.consultation(ext));
    this.consulting.delete(ext);
  }

  async cancelTransfer(ext: string): Promise<void> {
    await this.farm.dtmf(this.consultation(ext), '*1');
    this.consulting.delete(ext);
  }

  async park(ext: string, lot = '700', other?: string): Promise<void> {
    await this.blindTransfer(ext, lot, other);
  }

  async leaveMessage(ext: string): Promise<void> {
    // The recorder keeps what it heard; it needs to have heard something.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await this.hangup(ext);
  }

  behave(ext: string, behaviour: PhoneBehaviour): void {
    this.farm.behave(ext, behaviour);
  }

  async online(ext: string, on: boolean): Promise<void> {
    await this.farm.online(ext, on);
  }

  async callIn(number: string, name: string, did: string): Promise<void> {
    await this.farm.dialTrunk(number, name, did);
  }

  async callInForged(did: string): Promise<void> {
    this.forged = new ForgedCaller(this.pbx.ports.sip, did);
    await this.forged.call();
  }

  async endForged(): Promise<void> {
    const forged = this.forged;
    this.forged = undefined;
    await forged?.end();
  }

  async hangupOutside(number: string): Promise<void> {
    await this.hangup('trunk', number);
  }

  async restartPbx(how: 'clean' | 'crash', booted: () => void = () => {}): Promise<void> {
    await this.pbx.down(how);
    await this.dropCalls();
    await this.pbx.boot();
    booted();
    // Again, for calls begun while nobody was there to take them.
    await this.dropCalls();
    await this.farm.registerAll();
  }

  async reset(): Promise<void> {
    await this.endForged();
    this.consulting.clear();
    await this.farm.reset();
  }

  private async dropCalls(): Promise<void> {
    this.farm.lines.abortWaits('the PBX was restarted');
    await Promise.all(this.farm.lines.all().map((line) => this.farm.hangup(line)));
  }

  private up(ext: string, other?: string): Promise<Line> {
    return this.farm.lines.waitFind(ext, ['up'], other);
  }

  private consultation(ext: string): Line {
    const line = this.consulting.get(ext);
    if (!line) throw new Error(`${ext} is not transferring`);
    return line;
  }

  private pbxEvent(wanted: (event: Block) => boolean, complaint: string): Promise<void> {
    const { ami } = this.pbx;
    const seen = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(complaint));
      }, 5_000);
      const stop = ami.onEvent((event) => {
        if (!wanted(event)) return;
        clearTimeout(timer);
        stop();
        resolve();
      });
    });
    // The step before may fail first; then nobody waits for this any more.
    seen.catch(() => {});
    return seen;
  }
}

/** The observer's connection as the scenario's outside script. */
export class PbxOutside implements OutsideAmi {
  constructor(private readonly pbx: TestPbx) {}

  async action(name: string, fields: Fields = {}): Promise<string> {
    return (await this.pbx.ami.action(name, fields)).get('Message');
  }

  async channelOf(ext: string): Promise<string> {
    const channels = await this.pbx.ami.list('CoreShowChannels');
    const found = channels.map((block) => block.get('Channel')).find((name) => name.startsWith(`PJSIP/${ext}-`));
    if (!found) throw new Error(`extension ${ext} has no channel`);
    return found;
  }
}
