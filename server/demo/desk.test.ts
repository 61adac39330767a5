import { describe, expect, it } from 'vitest';
import { mediaActions } from './ami-media';
import { AmiReply, AmiRequest } from './ami-reply';
import type { Engine } from './engine';
import { originate } from './originate';
import { bench } from './testing';

/** An office in which somebody works at `exten`; `calls` are the channels its phone has. */
function sitAt(exten: string, seed: number) {
  const office = bench(seed);
  office.engine.handsets.attend(() => new Set([exten]));
  const calls = () => [...(office.engine.phones.endpoint(exten)?.channels ?? [])];
  /** Seconds until the phone rings. */
  const untilItRings = (limit: number) => {
    for (let second = 0; second < limit; second += 1) {
      if (calls().some(({ state }) => state === 5)) return second;
      office.clock.advance(1_000);
    }
    return Number.POSITIVE_INFINITY;
  };
  return { ...office, calls, untilItRings };
}

function notify(engine: Engine, channel: string, event: string): string {
  const request = new AmiRequest([
    ['Action', 'PJSIPNotify'],
    ['Channel', channel],
    ['Variable', `Event=${event}`],
  ]);
  const reply = new AmiReply(request);
  mediaActions.PJSIPNotify?.(engine, request, reply);
  return reply.text;
}

describe('the phone of somebody who works in the panel', () => {
  it('gets a call soon, and then now and then', () => {
    for (const exten of ['101', '112', '133', '192']) {
      const { life, clock, untilItRings, calls } = sitAt(exten, Number(exten));
      life.start();
      expect(untilItRings(40), exten).toBeLessThan(40);
      let rang = 0;
      for (let call = 0; call < 5; call += 1) {
        rang += untilItRings(200) < 200 ? 1 : 0;
        while (calls().length > 0) clock.advance(1_000);
      }
      expect(rang, exten).toBe(5);
    }
  });

  it('does nothing by itself all day: it neither answers nor calls', () => {
    const { life, clock, calls } = sitAt('101', 5);
    life.start();
    for (let second = 0; second < 3_600; second += 1) {
      clock.advance(1_000);
      expect(calls().filter(({ state }) => state === 6 || state === 4)).toEqual([]);
    }
  });

  it('answers, holds and takes back on NOTIFY, and holds the call before for the next', () => {
    const { engine, clock, calls, untilItRings, life } = sitAt('101', 3);
    life.start();
    untilItRings(60);
    const [first] = calls();
    if (!first) throw new Error('no call');
    expect(notify(engine, first.uniqueid, 'talk')).toContain('Message: NOTIFY sent');
    clock.advance(100);
    expect(first.state).toBe(6);
    notify(engine, first.uniqueid, 'hold');
    clock.advance(100);
    expect(first.holding).toBe(true);
    notify(engine, first.uniqueid, 'talk');
    clock.advance(100);
    expect(first.holding).toBe(false);
    engine.phones.dial('102', '101');
    clock.advance(200);
    const second = calls().find(({ state }) => state === 5);
    notify(engine, second?.name ?? '', 'talk');
    clock.advance(100);
    expect([first.holding, second?.state]).toEqual([true, 6]);
    expect(notify(engine, 'PJSIP/101-ffffffff', 'talk')).toContain('Response: Error');
  });

  it('answers at once what asks for it in a header; other makes ring', () => {
    const { engine, clock } = bench(1);
    const ring = (exten: string) => {
      const variables = ['PJSIP_HEADER(add,Call-Info)=<sip:pbx>;answer-after=0'];
      const call = { context: 'from-internal', exten: '102', application: '', data: '', callerId: null };
      const request = { ...call, channel: `PJSIP/${exten}`, timeoutMs: 5_000, actionId: '', variables };
      originate(engine, request, { device: `PJSIP/${exten}` });
      clock.advance(1_000);
      return [...(engine.phones.endpoint(exten)?.channels ?? [])].map(({ state }) => state);
    };
    expect(ring('111')).toEqual([6]);
    // The workshop's phones know no such header.
    expect(ring('171')).toEqual([5]);
  });
});
