import { escapeC, header } from './blocks';
import { hintText } from './devices';
import type { Engine } from './engine';
import type { PresenceInfo } from './model';

const states = new Set(['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd']);
const provider = 'CustomPresence:';
const family = 'CustomPresence';
const nothing: PresenceInfo = { state: 'not_set', subtype: '', message: '' };
/** `presence_write` (funcs/func_presencestate.c) decodes base64 into 256 bytes for the event, and only for it. */
const eventBytes = 255;

/** Presence states of CustomPresence providers: kept in AstDB as they were written, told by events. */
export class Presence {
  /** What was told last, by presentity: events and lists have this, which may be cut. */
  readonly told = new Map<string, PresenceInfo>();

  constructor(private readonly engine: Engine) {}

  /** `value` as PRESENCE_STATE takes it: state[,subtype[,message[,e]]]; false when Asterisk would refuse it. */
  set(presentity: string, value: string): boolean {
    const name = presentity.slice(provider.length);
    const parsed = parse(value);
    if (!presentity.startsWith(provider) || name === '' || parsed === null) return false;
    this.engine.features.put(family, name, value);
    const { info, encoded } = parsed;
    const { state, subtype, message } = info;
    this.tell(presentity, encoded ? { state, subtype: cut(subtype), message: cut(message) } : info);
    return true;
  }

  /** What `PRESENCE_STATE(CustomPresence:101,…)` reads: all that was written. */
  read(presentity: string): PresenceInfo {
    const row = this.engine.features.get(family, presentity.slice(provider.length));
    return (row === undefined ? null : parse(row)?.info) ?? nothing;
  }

  /** As the PresenceState action answers; undefined for a provider there is none of. */
  answer(presentity: string): PresenceInfo | undefined {
    if (!presentity.startsWith(provider)) return undefined;
    return this.told.get(presentity) ?? this.read(presentity);
  }

  private tell(presentity: string, info: PresenceInfo): void {
    const before = this.told.get(presentity) ?? nothing;
    this.told.set(presentity, info);
    const { core, devices } = this.engine;
    core.emit('call', 'PresenceStateChange', presenceHeaders(presentity, info));
    // Hints tell changes alone; the provider tells everything.
    if (before.state === info.state && before.subtype === info.subtype && before.message === info.message) return;
    for (const hint of devices.hints.values()) {
      if (hint.presentity !== presentity) continue;
      core.emit(
        'call',
        'PresenceStatus',
        header('Exten', hint.exten) +
          header('Context', hint.context) +
          header('Hint', hintText(hint)) +
          header('Status', info.state) +
          header('Subtype', info.subtype) +
          header('Message', info.message),
      );
    }
  }
}

/** Null: Asterisk refuses it. A comma too many makes an option of the rest of the message. */
function parse(value: string): { readonly info: PresenceInfo; readonly encoded: boolean } | null {
  const [word = '', subtype = '', message = '', ...rest] = value.split(',');
  const option = rest.join();
  const state = word.toLowerCase();
  if (!states.has(state) || (option !== '' && option !== 'e')) return null;
  const encoded = option === 'e';
  const text = (part: string) => (encoded ? Buffer.from(part, 'base64').toString('utf8') : part);
  return { info: { state, subtype: text(subtype), message: text(message) }, encoded };
}

function cut(text: string): string {
  return Buffer.from(text).subarray(0, eventBytes).toString('utf8');
}

export function presenceHeaders(presentity: string, info: PresenceInfo): string {
  return (
    header('Presentity', presentity) +
    header('Status', info.state) +
    header('Subtype', escapeC(info.subtype)) +
    header('Message', escapeC(info.message))
  );
}
