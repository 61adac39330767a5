import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { databaseActions } from './ami-database';
import { listActions } from './ami-lists';
import { AmiReply, AmiRequest } from './ami-reply';
import { systemActions } from './ami-system';
import { demoOffice } from './demo-office';
import { originate } from './originate';
import { bench, headersOf } from './testing';

interface Shapes {
  readonly lists: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly events: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly sourced: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const shapes = JSON.parse(readFileSync(new URL('./fixtures/shapes-22.json', import.meta.url), 'utf8')) as Shapes;

const channel =
  'Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Language AccountCode Context Exten Priority Uniqueid Linkedid'.split(
    ' ',
  );
const bridge =
  'BridgeUniqueid BridgeType BridgeTechnology BridgeCreator BridgeName BridgeNumChannels BridgeVideoSourceMode'.split(
    ' ',
  );

function expand(names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const [prefix = '', whole] = name.split('*');
      if (whole === undefined) return [name];
      return (whole === 'channel' ? channel : bridge).map((one) => `${prefix}${one}`);
    })
    .join(' ');
}

function known(name: string): string[] {
  return [...(shapes.events[name] ?? []), ...(shapes.sourced[name] ?? [])].map(expand);
}

describe('events of the demo PBX', () => {
  it('have the header names, in the order, of a recorded Asterisk 22', () => {
    const { clock, engine, life, blocks } = bench(3);
    life.start();
    const wrong = new Set<string>();
    const seen = new Set<string>();
    const checked = new Map<string, number>();
    for (let hour = 0; hour < 2; hour += 1) {
      clock.advance(60 * 60_000);
      for (const block of blocks) {
        seen.add(block.name);
        const times = (checked.get(block.name) ?? 0) + 1;
        checked.set(block.name, times);
        // Rare shapes are all looked at, common ones often enough.
        if (times > 500) continue;
        const names = headersOf(block.text)
          .map(([name]) => name)
          .join(' ');
        if (!known(block.name).includes(names)) wrong.add(`${block.name}: ${names}`);
      }
      blocks.length = 0;
    }
    expect([...wrong]).toEqual([]);
    // The comparison means something only for what was seen.
    expect(seen.size).toBeGreaterThan(40);
    expect(engine.core.channelsCreated).toBeGreaterThan(1000);
  });

  it('and so have the items of lists', () => {
    const { clock, engine, life } = bench(9);
    life.start();
    const wrong = new Set<string>();
    const seen = new Set<string>();
    for (let minute = 0; minute < 30; minute += 1) {
      clock.advance(60_000);
      for (const [name, action] of Object.entries({ ...listActions, ...systemActions, ...databaseActions })) {
        const room = [...engine.conferences.rooms.keys()][0] ?? '';
        const bridgeId = [...engine.bridges.byId.keys()][0] ?? '';
        const request = new AmiRequest([
          ['Action', name],
          ['ActionID', '1'],
          ['Conference', room],
          ['BridgeUniqueid', bridgeId],
          ['Endpoint', '101'],
        ]);
        const reply = new AmiReply(request);
        if (/^(DBPut|DBDel|DBDelTree|Setvar|UserEvent)$/.test(name)) continue;
        action(engine, request, reply);
        for (const block of reply.text.split('\r\n\r\n')) {
          const item = /^Event: (\w+)/.exec(block)?.[1];
          const recorded = item ? shapes.lists[item]?.map(expand) : undefined;
          if (!item || !recorded) continue;
          seen.add(item);
          const names = headersOf(block)
            .map(([header]) => header)
            .join(' ');
          if (!recorded.includes(names)) wrong.add(`${item}: ${names}`);
        }
      }
    }
    expect([...wrong]).toEqual([]);
    expect(seen.size).toBeGreaterThan(25);
  });

  it('escape names and never let a line end out', () => {
    const { engine, blocks } = bench(1);
    engine.phones.inbound(
      'carrier-a',
      { num: '0\r\nEvent: Forged', name: `O'Brien "Jo"\r\nEvent: Forged` },
      '02079460101',
    );
    const text = blocks.map((block) => block.text).join('');
    expect(text).toContain(`CallerIDName: O\\'Brien \\"Jo\\"\\r\\nEvent: Forged`);
    expect(text).not.toMatch(/^Event: Forged/m);
  });

  it('tell how an Originate went', () => {
    const { clock, engine, blocks } = bench(1, demoOffice);
    const request = {
      channel: 'PJSIP/131',
      context: 'from-internal',
      exten: '132',
      application: '',
      data: '',
      callerId: { num: '131', name: 'Chen Wei' },
      timeoutMs: 1_000,
      actionId: 'a1',
    };
    originate(engine, request, { device: 'PJSIP/131' });
    clock.advance(2_000);
    const answer = blocks.find((block) => block.name === 'OriginateResponse');
    const headers = headersOf(answer?.text ?? '');
    expect(headers.map(([name]) => name).join(' ')).toBe(known('OriginateResponse')[0]);
    expect(new Map(headers).get('Response')).toBe('Failure');
    expect(engine.channels.byId.size).toBe(0);
  });
});
