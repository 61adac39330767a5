import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truthOf } from './engine';
import { bench, headersOf } from './testing';
import { invariantsOf } from './testing-invariants';

describe('a day at the demo office', () => {
  it('never contradicts itself, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { clock, engine, life, blocks } = bench(seed);
        life.start();
        for (let minute = 0; minute < 90; minute += 1) {
          for (let step = 0; step < 12; step += 1) {
            clock.advance(5_000);
            expect(invariantsOf(engine)).toEqual([]);
          }
          blocks.length = 0;
        }
      }),
      { numRuns: 4 },
    );
  }, 60_000);

  it('keeps a believable number of phones busy and every part of the panel alive', () => {
    const { clock, life, blocks } = bench(7);
    life.start();
    clock.advance(120_000);
    const busy: number[] = [];
    const seen = new Set<string>();
    for (let minute = 0; minute < 120; minute += 1) {
      clock.advance(60_000);
      busy.push(life.busy());
      for (const block of blocks) seen.add(block.name);
      blocks.length = 0;
    }
    const mean = busy.reduce((sum, one) => sum + one, 0) / busy.length;
    expect(mean).toBeGreaterThan(7);
    expect(mean).toBeLessThan(14);
    expect(Math.max(...busy)).toBeLessThan(22);
    const wanted = ['QueueCallerJoin', 'QueueMemberPause', 'ParkedCall', 'UnParkedCall', 'ConfbridgeTalking', 'Hold'];
    const more = [
      'BlindTransfer',
      'AttendedTransfer',
      'MessageWaiting',
      'PresenceStatus',
      'ContactStatus',
      'LocalBridge',
    ];
    for (const name of [...wanted, ...more]) expect(seen).toContain(name);
  });

  it('gives every channel one birth and one death, and nothing after it', () => {
    const { clock, engine, life, blocks } = bench(11);
    life.start();
    clock.advance(60 * 60_000);
    life.stop();
    for (const channel of [...engine.channels.byId.values()]) engine.phones.hangup(channel);
    clock.advance(60 * 60_000);
    const alive = new Set<string>();
    const wrong: string[] = [];
    for (const block of blocks) {
      const id = new Map(headersOf(block.text)).get('Uniqueid');
      if (id === undefined || block.name === 'AgentComplete') continue;
      if (block.name === 'Newchannel') {
        if (alive.has(id)) wrong.push(`${id} born twice`);
        alive.add(id);
      } else if (!alive.has(id)) wrong.push(`${block.name} of ${id} who is not there`);
      if (block.name === 'Hangup') alive.delete(id);
    }
    expect(wrong).toEqual([]);
    expect([...alive]).toEqual([]);
    const truth = truthOf(engine);
    expect(truth.channels).toEqual([]);
    expect(truth.bridges).toEqual([]);
    expect(truth.parking.flatMap((lot) => lot.slots)).toEqual([]);
    const calling = [...truth.devices].filter(
      ([device, state]) => device.startsWith('PJSIP/') && /INUSE|RING|HOLD/.test(state),
    );
    expect(calling.filter(([, state]) => state !== 'NOT_INUSE')).toEqual([]);
  });

  it('lives the same day for the same seed', () => {
    const day = () => {
      const { clock, life, blocks } = bench(5);
      life.start();
      clock.advance(20 * 60_000);
      return blocks.map((block) => block.text).join('');
    };
    expect(day()).toBe(day());
  });
});
