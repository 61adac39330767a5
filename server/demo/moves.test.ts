import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callActions } from './ami-calls';
import { conferenceActions } from './ami-conferences';
import { mediaActions } from './ami-media';
import { moveActions } from './ami-moves';
import { type AmiAction, AmiReply, AmiRequest } from './ami-reply';
import type { Engine } from './engine';
import { bench } from './testing';
import { invariantsOf } from './testing-invariants';

const actions: Readonly<Record<string, AmiAction>> = {
  ...moveActions,
  ...callActions,
  ...conferenceActions,
  ...mediaActions,
};
const places = ['101', '112', '133', '601', '700', '701', '800', '07700900123', 'vmu111', 'nothing'] as const;
const waits = { ExtraContext: 'cordboard-hold', ExtraExten: 's', ExtraPriority: '1' } as const;
let sequence = 0;

/** Something an operator may do to any two channels, sensible or not. */
function fieldsOf(kind: number, one: string, two: string, exten: string): readonly [string, Record<string, string>] {
  sequence += 1;
  const place = { Context: 'from-internal', Exten: exten, Priority: '1' };
  const ring = { Channel: 'PJSIP/101', ChannelId: `cordboard-1.${sequence}`, Async: 'true', Timeout: '20000' };
  const all: readonly (readonly [string, Record<string, string>])[] = [
    ['Redirect', { Channel: one, ...place }],
    ['Redirect', { Channel: one, ...place, ExtraChannel: two, ...waits }],
    ['Redirect', { Channel: one, Context: 'cordboard-hold', Exten: 'ring', Priority: '1' }],
    ['Bridge', { Channel1: one, Channel2: two }],
    ['Park', { Channel: one, TimeoutChannel: two }],
    ['Hangup', { Channel: one }],
    ['Originate', { ...ring, Application: 'ChanSpy', Data: `${one},uqE` }],
    ['Originate', { ...ring, Application: 'ParkedCall', Data: 'default,701' }],
    ['Originate', { ...ring, Channel: `Local/${exten}@from-internal/n`, ...waitingPlace, CallerID: '"A" <101>' }],
    ['Originate', { ...ring, ...place, Variable: 'PJSIP_HEADER(add,Call-Info)=<sip:pbx>;answer-after=0' }],
    ['MixMonitor', { Channel: one, File: 'a.wav', Options: 'i(X)' }],
    ['PJSIPNotify', { Channel: one, Variable: kind % 2 ? 'Event=talk' : 'Event=hold' }],
    ['ConfbridgeKick', { Conference: '800', Channel: 'all' }],
  ];
  return all[kind % all.length] ?? ['Hangup', { Channel: one }];
}

const waitingPlace = { Context: 'cordboard-hold', Exten: 's', Priority: '1' };

function act(engine: Engine, name: string, fields: Record<string, string>): string {
  const request = new AmiRequest([['Action', name], ...Object.entries(fields)]);
  const reply = new AmiReply(request);
  actions[name]?.(engine, request, reply);
  return reply.text;
}

describe('operators at the demo office', () => {
  it('never break it, whatever they do to whichever calls', () => {
    const step = fc.tuple(
      fc.nat(12),
      fc.nat(1_000),
      fc.nat(1_000),
      fc.constantFrom(...places),
      fc.integer({ min: 1, max: 9_000 }),
    );
    const day = fc.tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.array(step, { minLength: 30, maxLength: 60 }));
    fc.assert(
      fc.property(day, ([seed, steps]) => {
        const { clock, engine, life } = bench(seed);
        life.start();
        clock.advance(60_000);
        for (const [kind, first, second, exten, ms] of steps) {
          const channels = [...engine.channels.byId.keys()];
          const pick = (index: number) => channels[index % Math.max(1, channels.length)] ?? 'PJSIP/none-0';
          expect(act(engine, ...fieldsOf(kind, pick(first), pick(second), exten))).toMatch(
            /^Response: (?:Success|Error)/,
          );
          // Between the answer and what follows nothing is half done either.
          clock.advance(1);
          expect(invariantsOf(engine), `${kind}`).toEqual([]);
          clock.advance(ms);
          expect(invariantsOf(engine), `${kind}`).toEqual([]);
        }
        life.stop();
        // Guests of a meeting are on their way still.
        clock.advance(60_000);
        for (const channel of [...engine.channels.byId.values()]) engine.channels.hangup(channel, { by: 'soft' });
        clock.advance(10_000);
        expect([...engine.channels.byId.keys()]).toEqual([]);
        expect([...engine.bridges.byId.keys()]).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 60_000);
});
