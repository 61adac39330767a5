import { describe, expect, it } from 'vitest';
import { line } from '../calls/testing';
import { callInHand } from './call-in-hand';
import { drop } from './run-plan';
import { busySeat, type SourceName, sources } from './testing';
import { watchCall } from './watch';

const karl = { number: '+491701234', name: 'Karl Meier' };

async function taken(source: SourceName) {
  const seat = await busySeat();
  const call = callInHand(sources[source], seat.mirror);
  if (!call) throw new Error(`${source} is not there`);
  const told: string[] = [];
  watchCall(seat.mirror, call, (what) => told.push(what));
  return { seat, call, told };
}

const anna = { kind: 'person', number: '102' } as const;

describe('a call in hand', () => {
  it('is told once when the caller hangs up, and nothing is sent at the drop', async () => {
    const { seat, call, told } = await taken('my talking call');
    seat.change(['extensions', '101', { calls: [] }]);
    seat.change(['extensions', '101', { state: 'idle' }]);
    expect(told).toEqual(['The call with Karl Meier is over.']);
    drop(call, anna, seat.context, 'blind');
    expect(seat.commands).toEqual([]);
  });

  it('is told who took a waiting caller', async () => {
    const { seat, call, told } = await taken('waits in a queue');
    const theirs = line({ uniqueid: 'bo2', peer: 'w1', state: 'ringing', party: karl });
    seat.change(['extensions', '103', { calls: [theirs] }], ['queues', '601', { callers: [] }]);
    expect(told).toEqual(['Karl Meier rings at Bo now.']);
    drop(call, { kind: 'person', number: '101' }, seat.context, 'blind');
    expect(seat.commands).toEqual([]);
  });

  it('is told when somebody answers what rings elsewhere', async () => {
    const { seat, told } = await taken('rings at Bo');
    seat.change(['extensions', '103', { calls: [line({ uniqueid: 'bo1', peer: 'out2', state: 'talking' })] }]);
    expect(told).toEqual(['Bo has answered Maria Holm.']);
  });

  it('stays the same call on hold, and is dropped as it is now', async () => {
    const { seat, call, told } = await taken('my talking call');
    seat.change(['extensions', '101', { calls: [line({ party: karl, state: 'held' })] }]);
    expect(told).toEqual([]);
    drop(call, anna, seat.context, 'attended');
    expect(seat.commands).toEqual([
      { name: 'call.transfer', params: { uniqueid: 'peer1', to: '102', mode: 'attended' } },
    ]);
  });

  it('is told when the connection is lost', async () => {
    const { seat, told } = await taken('parked call');
    seat.wire.listeners?.disconnected(false);
    expect(told).toEqual(['The panel lost its connection.']);
  });

  it('leaves alone when another call of the same phone ends', async () => {
    const { seat, told } = await taken('my talking call');
    const calls = seat.mirror.get('extensions', '101')?.calls.slice(0, 2) ?? [];
    seat.change(['extensions', '101', { calls }]);
    expect(told).toEqual([]);
  });
});
