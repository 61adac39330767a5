import type { CommandName, CommandParams, CommandResult } from '@/server/protocol/commands';
import type { ForwardKind } from '@/server/protocol/records';
import { untilText } from './clock-text';
import type { Notice } from './mirror';
import type { Overlay, Wish } from './overlay';
import { choiceOf } from './presence-choice';
import type { RecordStore } from './records';
import {
  type DndChange,
  dndWish,
  type ForwardChange,
  forwardWish,
  type PresenceChange,
  presenceWish,
  type Wisher,
} from './wishes';

interface AvailabilityPorts {
  readonly overlay: Overlay;
  readonly records: RecordStore;
  readonly wisher: () => Wisher;
  readonly command: <N extends CommandName>(name: N, params: CommandParams<N>) => Promise<CommandResult>;
  readonly notify: (notice: Notice) => void;
}

/** What several people shall have at once. */
export type ChangeOfMany = { readonly dnd: DndChange } | { readonly presence: PresenceChange };

export const forwardWords: Readonly<Record<ForwardKind, string>> = {
  always: 'always',
  busy: 'when busy',
  noAnswer: 'when there is no answer',
};

/** Do-not-disturb, forwarding and presence: shown at once, taken back with the server's reason when it is refused. */
export class Availability {
  constructor(private readonly ports: AvailabilityPorts) {}

  setDnd(number: string, change: DndChange): Promise<CommandResult> {
    const { overlay, wisher, command } = this.ports;
    const was = overlay.extension(number)?.dnd.on ?? false;
    return this.#run(number, dndWish(change, wisher()), command('extension.dnd', { extension: number, ...change }), {
      done: `do not disturb ${change.on ? 'on' : 'off'}${this.#end(change.until)}`,
      refused: was === change.on ? 'do not disturb was not changed' : `do not disturb stays ${was ? 'on' : 'off'}`,
    });
  }

  toggleDnd(number: string): Promise<CommandResult> {
    return this.setDnd(number, { on: !this.ports.overlay.extension(number)?.dnd.on });
  }

  setPresence(number: string, change: PresenceChange): Promise<CommandResult> {
    const { records, wisher, command } = this.ports;
    const states = records.map('pbx').values().next().value?.features.presenceStates ?? [];
    const name = choiceOf(states, change.state, change.subtype ?? '')?.name ?? change.state;
    const asked = command('extension.presence', { extension: number, ...change });
    return this.#run(number, presenceWish(change, wisher()), asked, {
      done: `presence ${name}${this.#end(change.until)}`,
      refused: 'presence was not changed',
    });
  }

  /** `quiet`: the caller shows a refusal itself, beside the field. */
  setForward(number: string, change: ForwardChange, quiet = false): Promise<CommandResult> {
    const { wisher, command } = this.ports;
    const when = forwardWords[change.kind];
    const asked = command('extension.forward', { extension: number, ...change });
    const words = {
      done: change.to === null ? `no longer forwarded ${when}` : `forwarded to ${change.to} ${when}`,
      refused: 'forwarding was not changed',
    };
    return this.#run(number, forwardWish(change, wisher()), asked, words, quiet);
  }

  /** Tells nobody: who asked for several shows what became of each. */
  async setMany(numbers: readonly string[], change: ChangeOfMany): Promise<CommandResult> {
    const { overlay, wisher, command } = this.ports;
    const wish = 'dnd' in change ? dndWish(change.dnd, wisher()) : presenceWish(change.presence, wisher());
    const shown = overlay.put(numbers, wish);
    const result = await command('extensions.set', { extensions: [...numbers], ...change });
    const refused = new Set(result.ok ? result.results?.filter(({ ok }) => !ok).map(({ extension }) => extension) : []);
    for (const [number, { accepted, refused: takeBack }] of shown) {
      if (result.ok && !refused.has(number)) accepted();
      else takeBack();
    }
    return result;
  }

  undo(change: string): Promise<CommandResult> {
    return this.ports.command('extensions.undo', { change });
  }

  async #run(
    number: string,
    wish: Wish,
    asked: Promise<CommandResult>,
    words: { readonly done: string; readonly refused: string },
    quiet = false,
  ): Promise<CommandResult> {
    const { overlay, records, notify } = this.ports;
    const shown = overlay.put([number], wish).get(number);
    const name = records.get('extensions', number)?.name || number;
    const result = await asked;
    if (!result.ok) {
      shown?.refused();
      if (!quiet) notify({ kind: 'error', text: `${name}: ${words.refused}. ${result.message}` });
      return result;
    }
    shown?.accepted();
    const text = `${name}: ${words.done}`;
    notify(result.warning ? { kind: 'info', text: `${text}. ${result.warning}` } : { kind: 'success', text });
    return result;
  }

  #end(until: string | undefined): string {
    return until === undefined ? '' : ` until ${untilText(Date.parse(until), Date.parse(this.ports.wisher().at))}`;
  }
}
