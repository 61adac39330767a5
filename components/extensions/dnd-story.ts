import type { DndRecord } from '@/server/protocol/records';
import { momentText } from '../live/clock-text';

/** Who set it and since when, as far as anybody knows. */
export function dndStory(dnd: DndRecord, now: number): string {
  const who = dnd.by ? `by ${dnd.by}` : dnd.source === 'pbx' ? 'on the phone or PBX' : `by ${dnd.source}`;
  const when = dnd.since ? ` since ${momentText(Date.parse(dnd.since), now)}` : '';
  return `Set ${who}${when}${dnd.note ? `: ${dnd.note}` : ''}`;
}
