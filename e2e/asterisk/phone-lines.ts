import { EventEmitter } from 'node:events';

export type LineState = 'dialing' | 'ringing' | 'up';

/** One call as one phone of the farm has it. */
export interface Line {
  readonly id: string;
  /** Extension number, or `trunk` for the carrier's side. */
  readonly phone: string;
  readonly other: string;
  readonly outgoing: boolean;
  readonly order: number;
  /** Epoch ms when the phone began to dial or to ring. */
  readonly begunAt: number;
  /** Epoch ms when the phone was up; undefined before. */
  upAt: number | undefined;
  state: LineState;
  held: boolean;
  /** Digits it was played. */
  heard: string;
}

const waitLimitMs = 10_000;

/** The calls of all phones, with waiting for a change instead of polling. */
export class PhoneLines {
  private readonly lines = new Map<string, Line>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private order = 0;
  private readonly aborts = new Set<(error: Error) => void>();
  private readonly rings = new Map<string, number>();

  add(line: Omit<Line, 'order' | 'held' | 'heard' | 'begunAt' | 'upAt'>): Line {
    this.order += 1;
    const added: Line = {
      ...line,
      order: this.order,
      held: false,
      heard: '',
      begunAt: Date.now(),
      upAt: undefined,
    };
    this.lines.set(added.id, added);
    if (line.state === 'ringing') this.rings.set(line.phone, this.rang(line.phone) + 1);
    this.changes.emit('change');
    return added;
  }

  /** How often a phone has rung so far. */
  rang(phone: string): number {
    return this.rings.get(phone) ?? 0;
  }

  get(id: string): Line | undefined {
    return this.lines.get(id);
  }

  setState(id: string, state: LineState): void {
    const line = this.lines.get(id);
    if (!line || line.state === state) return;
    line.state = state;
    if (state === 'up') line.upAt = Date.now();
    this.changes.emit('change');
  }

  hear(id: string, digit: string): void {
    const line = this.lines.get(id);
    if (line) line.heard += digit;
  }

  remove(id: string): void {
    if (this.lines.delete(id)) this.changes.emit('change');
  }

  all(): Line[] {
    return [...this.lines.values()];
  }

  /** The newest line of a phone in one of the states, or undefined. */
  find(phone: string, states: readonly LineState[], other?: string): Line | undefined {
    return this.all()
      .filter(
        (line) => line.phone === phone && states.includes(line.state) && (other === undefined || line.other === other),
      )
      .sort((a, b) => b.order - a.order)[0];
  }

  async waitFind(phone: string, states: readonly LineState[], other?: string): Promise<Line> {
    return this.wait(
      () => this.find(phone, states, other),
      `phone ${phone} has no ${states.join('/')} call${other ? ` with ${other}` : ''}`,
    );
  }

  /** Fails everything that waits: what it waits for was lost with the PBX. */
  abortWaits(reason: string): void {
    for (const abort of [...this.aborts]) abort(new Error(reason));
  }

  /** Resolves with the first value that is not undefined; fails with the complaint and the lines as they are. */
  wait<T>(probe: () => T | undefined, complaint: string, limitMs = waitLimitMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const value = probe();
        if (value === undefined) return;
        finish();
        resolve(value);
      };
      const timer = setTimeout(() => {
        finish();
        const lines = this.all().map((line) => `${line.phone}${line.outgoing ? '→' : '←'}${line.other} ${line.state}`);
        reject(new Error(`${complaint} within ${limitMs} ms; lines: ${lines.join(', ') || 'none'}`));
      }, limitMs);
      const abort = (error: Error) => {
        finish();
        reject(error);
      };
      const finish = () => {
        clearTimeout(timer);
        this.changes.off('change', check);
        this.aborts.delete(abort);
      };
      this.aborts.add(abort);
      this.changes.on('change', check);
      check();
    });
  }
}
