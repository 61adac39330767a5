import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoOffice } from './demo-office';
import { originate } from './originate';
import { bench, headersOf } from './testing';

interface Shapes {
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
    for (let hour = 0; hour < 8; hour += 1) {
      clock.advance(60 * 60_000);
      for (const block of blocks) {
        seen.add(block.name);
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
