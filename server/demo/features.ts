import { channelHeaders, header } from './blocks';
import type { Engine } from './engine';
import type { Channel, DeviceState, Mailbox } from './model';

/** AstDB, DND and forwarding kept in it with their lamps, user events, and voicemail counts. */
export class Features {
  /** Whole keys, `/DND/101`, in the order Asterisk lists them when sorted. */
  readonly db = new Map<string, string>();
  readonly mailboxes = new Map<string, Mailbox>();

  constructor(private readonly engine: Engine) {}

  put(family: string, key: string, value: string): void {
    this.db.set(`/${family}/${key}`, value);
  }

  get(family: string, key: string): string | undefined {
    return this.db.get(`/${family}/${key}`);
  }

  del(family: string, key: string): boolean {
    return this.db.delete(`/${family}/${key}`);
  }

  /** Deletes a family or a branch of it; the number of rows. */
  delTree(family: string, key = ''): number {
    const keys = [...this.tree(family, key)].map(([name]) => name);
    for (const name of keys) this.db.delete(name);
    return keys.length;
  }

  /** Rows under a family (all when empty), sorted by key as SQLite gives them. */
  tree(family: string, key = ''): [string, string][] {
    const prefix = `${family ? `/${family}` : ''}${key ? `/${key}` : ''}`;
    return [...this.db]
      .filter(([name]) => prefix === '' || name === prefix || name.startsWith(`${prefix}/`))
      .sort(([one], [two]) => (one < two ? -1 : 1));
  }

  dnd(exten: string): boolean {
    return (this.get('DND', exten) ?? '') !== '';
  }

  /** The way FreePBX's feature code does it: the row first, then its Custom mirrors. */
  setDnd(exten: string, on: boolean): void {
    if (on) this.put('DND', exten, 'YES');
    else this.del('DND', exten);
    this.mirror(['DND', 'DEVDND'], exten, on);
  }

  /** Family `CF` (always), `CFB` (busy) or `CFU` (no answer). */
  setForward(family: 'CF' | 'CFB' | 'CFU', exten: string, to: string | null): void {
    if (to) this.put(family, exten, to);
    else this.del(family, exten);
    if (family === 'CF') this.mirror(['CF', 'DEVCF'], exten, to !== null);
  }

  /** As FOP2 and its scripts do: the row `fop2state/PJSIP/101`, then the event. Empty: available. */
  setFop2(device: string, text: string): void {
    this.put('fop2state', device, text);
    this.userEvent('FOP2ASTDB', [
      ['Family', 'fop2state'],
      ['Value', text],
      ['Channel', device],
    ]);
  }

  /** A Custom device state; Asterisk keeps it in AstDB (funcs/func_devstate.c). */
  setLamp(name: string, state: DeviceState): void {
    this.put('CustomDevstate', name, state);
    this.engine.devices.set(`Custom:${name}`, state);
  }

  /** New counts of a mailbox, through a `channel` where a call changed them: MessageWaiting, and the MWI device state. */
  setMailbox(id: string, fresh: number, old: number, channel?: Channel): void {
    const box = this.mailboxes.get(id);
    if (!box) return;
    box.fresh = fresh;
    box.old = old;
    this.engine.core.emit(
      'call',
      'MessageWaiting',
      (channel ? channelHeaders(channel) : '') +
        header('Mailbox', id) +
        header('Waiting', fresh > 0 ? 1 : 0) +
        header('New', fresh) +
        header('Old', old),
    );
    this.engine.devices.set(`MWI:${id}`, fresh > 0 ? 'INUSE' : 'NOT_INUSE');
  }

  /** A script's announcement; headers go out as they came in. */
  userEvent(name: string, headers: readonly (readonly [string, string])[]): void {
    const body = headers.map(([key, value]) => header(key, value)).join('');
    this.engine.core.emit('user', 'UserEvent', header('UserEvent', name) + body);
  }

  private mirror(prefixes: readonly string[], exten: string, on: boolean): void {
    for (const prefix of prefixes) this.setLamp(`${prefix}${exten}`, on ? 'BUSY' : 'NOT_INUSE');
  }
}
