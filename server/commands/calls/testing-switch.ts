/** Support of tests: a switch that does what Asterisk does with the actions of a transfer, and says so by its events. */
import { AmiRefusedError } from '../../ami/errors';
import { announced, messageOf, snapshot } from '../../ami/testing';
import type { AmiFields, AmiPort } from '../../ami/types';
import { type Exchange, Line } from '../../pbx/exchange';

export interface SwitchOptions {
  /** Whether a leg left alone stays for a moment, as docs/transfer.md has it; FreePBX's own place hangs it up. */
  readonly goesOn: boolean;
}

const hold = 'cordboard-hold';

const inBusyTone = announced('Status', `${snapshot()}ActionID: 1\r\nApplication: Busy\r\n`);

export class TestSwitch implements AmiPort {
  readonly status: AmiPort['status'] = { state: 'ready', since: 0, failure: null, amiVersion: null };
  /** Whether the dialplan has places to wait. */
  places = true;
  /** Legs in the waiting place. */
  readonly waiting = new Set<Line>();
  /** Left alone in the dialplan behind it: hung up with the next tick. */
  readonly leaving = new Set<Line>();
  /** Legs that were in the waiting place once: they go on behind it. */
  private readonly been = new Set<Line>();
  private readonly pairs = new Map<Line, Line>();
  private bridges = 0;

  constructor(
    private readonly pbx: Exchange,
    private readonly options: SwitchOptions,
  ) {}

  async action(name: string, fields: AmiFields = {}) {
    const field = (key: string): string => String(fields[key] ?? '');
    switch (name) {
      case 'Redirect': {
        const extra = fields.ExtraChannel === undefined ? null : this.find(name, field('ExtraChannel'));
        const line = this.find(name, field('Channel'));
        this.send(line, field('Context'), field('Exten'), extra);
        if (extra !== null) this.send(extra, field('ExtraContext'), field('ExtraExten'), line);
        break;
      }
      case 'Originate':
        this.call(field('Channel'), field('ChannelId'), field('OtherChannelId'));
        break;
      case 'Bridge':
        this.join(this.find(name, field('Channel1')), this.find(name, field('Channel2')));
        break;
      case 'Hangup':
        this.hangUp(this.find(name, field('Channel')));
        break;
    }
    return messageOf('Response: Success\r\n\r\n');
  }

  async *list(name: string, { Context }: AmiFields = {}) {
    if (name === 'ShowDialPlan' && !this.places && Context !== 'from-internal') return;
    if (name === 'Status') yield messageOf(inBusyTone);
    else yield messageOf('Event: ListDialplan\r\nExtension: s\r\nPriority: 1\r\nApplication: ConfBridge\r\n\r\n');
  }

  /** The phones that ring now. */
  ringing(): Line[] {
    return this.phones().filter(({ state }) => state === 'ringing');
  }

  phones(): Line[] {
    return [...this.pbx.live.values()].filter(({ name }) => !name.startsWith('Local/'));
  }

  answer(phone: Line): void {
    const caller = phone.dialledBy;
    this.pbx.answers(phone, this.newBridge());
    const near = caller === null ? undefined : this.pairs.get(caller);
    if (near === undefined) return;
    this.pbx.state(near, 'up');
    this.pbx.endDial(near, 'ANSWER');
    this.wait(near);
  }

  refuse(phone: Line, status: string): void {
    const caller = phone.dialledBy;
    this.pbx.endDial(phone, status);
    this.pbx.hangUp(phone);
    if (caller === null) return;
    const near = this.pairs.get(caller);
    if (near !== undefined) this.pbx.endDial(near, status);
    // A dialplan that has no more to say.
    this.hangUp(caller);
  }

  hangUp(line: Line): void {
    if (!this.pbx.live.has(line.id)) return;
    const rung = [...this.pbx.live.values()].filter(({ dialledBy }) => dialledBy === line);
    const near = this.pairs.get(line);
    const left = this.leave(line);
    this.waiting.delete(line);
    this.leaving.delete(line);
    this.pbx.hangUp(line);
    for (const phone of rung) this.hangUp(phone);
    if (near !== undefined) this.hangUp(near);
    this.alone(left);
  }

  tick(): void {
    for (const line of [...this.leaving]) this.hangUp(line);
    this.pbx.wait(1_000);
    this.pbx.say({ type: 'tick' });
  }

  private find(action: string, named: string): Line {
    for (const line of this.pbx.live.values()) if (line.id === named || line.name === named) return line;
    throw new AmiRefusedError(action, 'No such channel');
  }

  private wait(line: Line): void {
    this.leaving.delete(line);
    this.waiting.add(line);
    this.been.add(line);
  }

  private send(line: Line, context: string, exten: string, along: Line | null): void {
    const left = this.leave(line);
    this.leaving.delete(line);
    this.waiting.delete(line);
    for (const phone of this.pbx.live.values()) if (phone.dialledBy === line) this.hangUp(phone);
    if (line.state !== 'up') this.pbx.state(line, 'up');
    line.exten = exten;
    if (context === hold) this.wait(line);
    else this.pbx.rings(line, `PJSIP/${exten}`);
    this.alone(left.filter((one) => one !== along));
  }

  private call(channel: string, id: string, otherId: string): void {
    const [, exten = '', context = ''] = /^Local\/(.+)@(.+)\/n$/.exec(channel) ?? [];
    const [one, two] = [id, otherId].map((each, index) => {
      const name = `Local/${exten}@${context}-${id};${index + 1}`;
      const line = new Line(each, id, name, index === 0 ? 'down' : 'ring', { number: '', name: '' });
      this.pbx.live.set(each, line);
      this.pbx.say({ type: 'channel', cause: 'new', channel: line.snapshot() });
      return line;
    }) as [Line, Line];
    this.pbx.say({ type: 'local.pair', one: one.snapshot(), two: two.snapshot() });
    this.pbx.say({ type: 'dial.begin', source: null, dest: one.snapshot(), dialString: '' });
    this.pairs.set(one, two);
    this.pairs.set(two, one);
    this.pbx.rings(two, `PJSIP/${exten}`);
    this.pbx.state(one, 'ringing');
  }

  private join(one: Line, two: Line): void {
    const id = this.newBridge();
    for (const line of [one, two]) {
      const left = this.leave(line).filter((other) => other !== one && other !== two);
      this.waiting.delete(line);
      this.leaving.delete(line);
      this.pbx.enter(line, id);
      this.alone(left);
    }
  }

  /** Leaves its bridge; the others in it. */
  private leave(line: Line): Line[] {
    const id = line.bridge;
    if (id === null) return [];
    this.pbx.leave(line);
    return [...this.pbx.live.values()].filter(({ bridge }) => bridge === id);
  }

  private alone(lines: readonly Line[]): void {
    for (const line of lines) {
      if (!this.pbx.live.has(line.id) || line.bridge === null) continue;
      if ([...this.pbx.live.values()].some((other) => other !== line && other.bridge === line.bridge)) continue;
      this.pbx.leave(line);
      if (this.options.goesOn && this.been.has(line)) this.leaving.add(line);
      else this.hangUp(line);
    }
  }

  private newBridge(): string {
    this.bridges += 1;
    return `switch-${this.bridges}`;
  }
}
