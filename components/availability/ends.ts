import { untilText } from '../live/clock-text';

/** An end that is offered: `words` read on after "do not disturb", `label` stands alone. */
export interface QuickEnd {
  readonly id: string;
  readonly label: string;
  readonly words: string;
  /** Epoch ms, where it is a time of the day; else null. */
  readonly at: number | null;
  /** How long from the moment it is set, ms; null where it is a time of the day. */
  readonly lasts: number | null;
}

/** ISO 8601 UTC; `now`: when it is set, epoch ms. */
export function endAt({ at, lasts }: QuickEnd, now: number): string {
  return new Date(at ?? now + (lasts ?? 0)).toISOString();
}

const minute = 60_000;
/** A full hour nearer than this is no use as an end. */
const leastMs = 20 * minute;
const morning = 8;

/** From `now` (epoch ms): half an hour, one hour, the next two full hours, tomorrow morning; in the user's zone. */
export function quickEnds(now: number): readonly QuickEnd[] {
  const first = fullHour(now + leastMs);
  const hours = [first, fullHour(first + minute)];
  return [
    { id: '30min', label: '30 min', words: 'for 30 minutes', at: null, lasts: 30 * minute },
    { id: '1hour', label: '1 hour', words: 'for 1 hour', at: null, lasts: 60 * minute },
    ...[...hours, nextMorning(now)].map((at, i) => {
      const words = `until ${untilText(at, now)}`;
      return { id: i < hours.length ? `hour${i + 1}` : 'morning', label: words, words, at, lasts: null };
    }),
  ];
}

/** The first full hour at or after `from`. */
function fullHour(from: number): number {
  const date = new Date(from);
  const hour = new Date(date).setMinutes(0, 0, 0);
  return hour === from ? hour : new Date(date).setHours(date.getHours() + 1, 0, 0, 0);
}

/** Eight o'clock of the next day, also just after midnight: who sets it then has not slept yet. */
function nextMorning(now: number): number {
  const date = new Date(now);
  const lateNight = date.getHours() < 4;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + (lateNight ? 0 : 1), morning).getTime();
}

/** For `<input type="datetime-local">`: `2026-11-21T14:00` in the user's zone. */
export function localInput(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What was typed into it, epoch ms; or what is wrong with it, in one sentence. */
export function readLocalInput(text: string, now: number): { at: number } | { error: string } {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return { error: 'Enter a date and a time.' };
  if (at <= now) return { error: 'This moment has passed already.' };
  if (at > now + 366 * 24 * 60 * minute) return { error: 'This is more than a year away.' };
  return { at };
}
