import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { Feed } from './feed';
import { type Answerer, FakePbx, ManualClock, ofType, recorded } from './testing';
import { wantedEvents } from './translate';

const fixture = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../e2e/asterisk/fixtures/${name}.txt.gz`, import.meta.url)));

/** The recorded answers of every list action, by action and, for AstDB, by family. */
function answers(version: 16 | 22): Record<string, Answerer> {
  const found = new Map<string, string[]>();
  const refusals = new Map<string, Error>();
  const families = new Map<string, string[]>();
  for (const raw of fixture(`lists-${version}`).toString('utf8').split('\r\n\r\n')) {
    const text = raw.replaceAll('\r\n', '\n');
    const action = /^ActionID: ([A-Za-z]+)\.\d+$/m.exec(text)?.[1];
    if (action === undefined || /^EventList: /m.test(text)) continue;
    const unescaped = text.replace(/\\(['"\\])/g, '$1');
    if (/^Response: Error/.test(text)) {
      if (/unknown command/.test(text)) refusals.set(action, new Error('absent'));
      else found.set(action, found.get(action) ?? []);
    } else if (action === 'DBGetTree') {
      const family = /^Key: \/([A-Z]+)\//m.exec(text)?.[1] ?? '';
      families.set(family, [...(families.get(family) ?? []), unescaped]);
    } else {
      found.set(action, [...(found.get(action) ?? []), unescaped]);
    }
  }
  const table: Record<string, Answerer> = Object.fromEntries(found);
  for (const action of refusals.keys()) table[action] = 'absent';
  table.DBGetTree = (fields) => families.get(String(fields.Family)) ?? [];
  return table;
}

async function readAll(version: 16 | 22) {
  const clock = new ManualClock();
  const out: PbxEvent[] = [];
  const warnings: string[] = [];
  const log = {
    info: () => {},
    warn: (data: object, message: string) => void warnings.push(`${message} ${JSON.stringify(data)}`),
  };
  const feed = new Feed({ ami: new FakePbx(answers(version)), clock, log, emit: (event) => out.push(event) });
  feed.handleStatus({ state: 'ready', since: 0, failure: null, amiVersion: null });
  await clock.advance(0);
  return { clock, out, feed, warnings };
}

describe.each([16, 22] as const)('what a real Asterisk %i said', (version) => {
  it('fills every list', async () => {
    const { out, warnings } = await readAll(version);
    expect(warnings).toEqual([]);
    const extensions = ofType(out, 'list.extensions')[0]?.extensions ?? [];
    expect(extensions.length).toBe(version === 16 ? 22 : 20);
    expect(extensions.find(({ number }) => number === '104')).toMatchObject({
      name: { text: "Dara O'Brien", rank: 'ampuser' },
    });
    expect(
      ofType(out, 'list.trunks')[0]
        ?.trunks.map(({ name }) => name)
        .sort(),
    ).toEqual(['IAX2/branch-iax', 'PJSIP/carrier', 'PJSIP/trunk-in']);
    expect(ofType(out, 'list.devices')[0]?.devices.length).toBeGreaterThanOrEqual(20);
    expect(ofType(out, 'list.mwi')[0]?.mailboxes.length).toBeGreaterThan(0);
    const channels = ofType(out, 'list.channels')[0];
    expect(channels?.channels.length).toBeGreaterThan(0);
    expect(
      channels?.channels.every(
        ({ uniqueid, linkedid, state }) => uniqueid !== '' && linkedid !== '' && state !== 'unknown',
      ),
    ).toBe(true);
    expect(channels?.bridges.length).toBeGreaterThan(0);
    const queues = ofType(out, 'list.queues')[0]?.queues ?? [];
    expect(queues.map(({ queue }) => queue.name).sort()).toEqual(['billing', 'sales', 'support']);
    expect(queues.flatMap(({ members }) => members).every(({ state }) => state !== 'unknown')).toBe(true);
    expect(
      ofType(out, 'list.parking')[0]
        ?.lots.map(({ lot }) => lot)
        .sort(),
    ).toEqual(['default', 'short']);
    expect(ofType(out, 'list.conferences')).toHaveLength(1);
    const held = ofType(out, 'list.held').map(({ backend, slot }) => `${backend}/${slot}`);
    expect(held).toEqual(expect.arrayContaining(['presence/presence', 'astdb/dnd', 'astdb/always']));
    expect(ofType(out, 'link').at(-1)).toMatchObject({ link: 'up', missing: [] });
  });

  it('every live block of thirty scenarios is understood, and what began has ended', async () => {
    const { out, feed, clock, warnings } = await readAll(version);
    const before = out.length;
    const messages = recorded(fixture(`ami-${version}`), wantedEvents);
    for (const message of messages) feed.handleEvent(message, clock.now());
    expect(messages.length).toBeGreaterThan(800);
    expect(warnings).toEqual([]);
    expect(feed.stats().dropped).toBe(0);
    const live = out.slice(before);
    const kinds = new Set(live.map(({ type }) => type));
    for (const type of [
      'hold',
      'unhold',
      'transfer.blind',
      'transfer.attended',
      'pickup',
      'local.pair',
      'bridge.merge',
      'did',
    ] as const) {
      expect(kinds, type).toContain(type);
    }
    for (const type of [
      'queue.join',
      'queue.connect',
      'queue.abandon',
      'parked',
      'unparked',
      'conference.join',
      'conference.leave',
      'held',
      'mwi',
      'device',
    ] as const) {
      expect(kinds, type).toContain(type);
    }
    const left = new Map(ofType(live, 'channel').map(({ channel }) => [channel.uniqueid, channel.name]));
    for (const { uniqueid } of ofType(live, 'channel.gone')) left.delete(uniqueid);
    // The phones that a forger's call rang: their Hangup blocks carried the forgery and were dropped. The read that a
    // tamper incident asks for takes them away.
    expect([...left.values()].map((name) => name.slice(0, name.indexOf('-')))).toEqual([
      'PJSIP/103',
      'PJSIP/104',
      'PJSIP/105',
    ]);
  });
});
