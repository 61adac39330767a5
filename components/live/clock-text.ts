import { dateText } from '../ui/region';

/** `m:ss`, from an hour on `h:mm:ss`; never negative. Both in ms since the epoch. */
export function clockText(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const h = Math.floor(seconds / 3_600);
  const m = Math.floor((seconds % 3_600) / 60);
  const ss = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${ss}` : `${m}:${ss}`;
}

/** `12 s`, `3 min`, `2 h`, `4 days`: how long ago, roughly. */
export function agoText(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** `14:02:11` in the user's zone. */
export function timeText(at: number): string {
  return dateText('time', at);
}

/** `14:02` today, else `3 Nov, 14:02`. */
export function momentText(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? dateText('shortTime', at)
    : dateText('dayTime', at);
}

/** `14:00` today, `tomorrow 08:00`, `Mon 08:00` within a week, else `3 Dec, 08:00`: reads on after "until". */
export function untilText(at: number, now: number): string {
  const day = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  // A day may have 23 or 25 hours.
  const days = Math.round((day(at) - day(now)) / 86_400_000);
  if (days === 0) return dateText('shortTime', at);
  if (days === 1) return `tomorrow ${dateText('shortTime', at)}`;
  return days > 1 && days < 7 ? dateText('weekdayTime', at) : dateText('dayTime', at);
}
