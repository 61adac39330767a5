import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import { applyOp, emptyMaps, loadSnapshot, type StateMaps } from '../../server/protocol/apply';
import { type ClientEvents, type HelloAnswer, protocolVersion, type ServerEvents } from '../../server/protocol/socket';
import { domains, type Frame, type Snapshot, type SnapshotLists } from '../../server/protocol/state';

export class MirrorDiverged extends Error {
  override readonly name = 'MirrorDiverged';
}

/** A browser without a screen: one snapshot, then ops, applied with the browser's own helper. */
export class Mirror {
  private readonly maps: StateMaps = emptyMaps();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private epoch = '';
  private at = 0;
  private gap: string | undefined;

  private constructor(private readonly socket: Socket<ServerEvents, ClientEvents>) {}

  /** Signs in with the cookie, says hello and follows. */
  static async open(url: string, cookie: string): Promise<Mirror> {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie },
    });
    const mirror = new Mirror(socket);
    socket.on('frame', (frame) => mirror.take(frame));
    socket.on('resync', () => mirror.lose('the panel dropped the backlog of a browser that reads at once'));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const answer = await new Promise<HelloAnswer>((resolve) =>
      socket.emit('hello', { version: protocolVersion }, (said) => {
        // At once: the first frame may be in the same packet.
        if (said.ok && 'snapshot' in said) mirror.load(said.snapshot);
        resolve(said);
      }),
    );
    if (!answer.ok) throw new MirrorDiverged(`no snapshot: ${JSON.stringify(answer)}`);
    return mirror;
  }

  get seq(): number {
    return this.at;
  }

  lists(): SnapshotLists {
    if (this.gap !== undefined) throw new MirrorDiverged(this.gap);
    return Object.fromEntries(domains.map((domain) => [domain, [...this.maps[domain].values()]])) as SnapshotLists;
  }

  /** Resolves at the next change, or after `ms`. */
  changed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.changes.off('change', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.changes.once('change', done);
    });
  }

  /**
   * True when a fresh snapshot is what this browser has; false when they are of different moments, so that nothing can
   * be said. Throws MirrorDiverged when snapshot + ops is not the state.
   */
  async equals(fresh: Snapshot): Promise<boolean> {
    const deadline = performance.now() + 2_000;
    while (this.at < fresh.seq && performance.now() < deadline) await this.changed(100);
    if (this.at > fresh.seq) return false;
    if (this.at < fresh.seq) throw new MirrorDiverged(`a browser is at ${this.at} while the panel is at ${fresh.seq}`);
    if (this.epoch !== fresh.epoch) throw new MirrorDiverged('another epoch');
    const wanted = emptyMaps();
    loadSnapshot(wanted, fresh);
    const different = domains.find((domain) => !isDeepStrictEqual(this.maps[domain], wanted[domain]));
    if (different === undefined) return true;
    const mine = show(this.maps[different]);
    // A snapshot shows changes already that the next frame will tell.
    await this.changed(1_000);
    if (this.at > fresh.seq) return false;
    throw new MirrorDiverged(`${different}: ${mine} by ops, fresh ${show(wanted[different])}`);
  }

  close(): void {
    this.socket.disconnect();
  }

  private load(snapshot: Snapshot): void {
    loadSnapshot(this.maps, snapshot);
    this.epoch = snapshot.epoch;
    this.at = snapshot.seq;
  }

  private take(frame: Frame): void {
    if (frame.epoch !== this.epoch || frame.prev !== this.at) {
      this.lose(`a gap: at ${this.at}, then a frame from ${frame.prev} to ${frame.seq}`);
      return;
    }
    for (const op of frame.ops) applyOp(this.maps, op);
    this.at = frame.seq;
    this.changes.emit('change');
  }

  private lose(why: string): void {
    this.gap = why;
    this.changes.emit('change');
  }
}

function show(map: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...map.values()]).slice(0, 4_000);
}
