import { describe, expect, it } from 'vitest';
import { story, unsyncedSentences } from './story';

const local = (hours: number, minutes = 0) => new Date(2026, 10, 18, hours, minutes);
const now = local(12, 30).getTime();
const since = local(12, 4).toISOString();

describe('where a value came from', () => {
  it('tells who, when, until when and where', () => {
    const until = local(14).toISOString();
    expect(story({ source: 'panel', by: 'anna', since, until }, now)).toBe(
      'Set by anna at 12:04 until 14:00 — in the panel',
    );
  });
  it.each([
    ['pbx', 'Set at 12:04 — at the phone or PBX'],
    ['fop2', 'Set at 12:04 — through FOP2'],
    ['presence', 'Set at 12:04 — on the phone’s presence screen'],
    ['dfks', 'Set at 12:04 — with the phone’s feature key'],
  ] as const)('names the source %s', (source, text) => expect(story({ source, by: null, since }, now)).toBe(text));
  it('says no more than is known', () => {
    expect(story({ source: 'pbx', by: null, since: null, until: null }, now)).toBe('Set at the phone or PBX');
  });
});

describe('what is not yet everywhere', () => {
  it('is one sentence for each backend and reason', () => {
    const away = { backend: 'dfks', kind: 'away', reason: 'OpenSIPS did not answer.' } as const;
    const refused = { backend: 'astdb', kind: 'refused', reason: 'Permission denied.' } as const;
    const unsynced = [
      { ...away, feature: 'dnd' as const },
      { ...away, feature: 'busy' as const },
      { ...refused, feature: 'always' as const },
    ];
    expect(unsyncedSentences({ unsynced })).toEqual([
      'Do not disturb and forwarding when busy: waits for the phone’s feature keys. OpenSIPS did not answer.',
      'Forwarding of all calls: refused by the PBX database. Permission denied.',
    ]);
  });
});
