import { describe, expect, it } from 'vitest';
import { applyOp } from '../protocol/apply';
import type { PbxEvent } from './events';
import { PbxModel } from './model';
import { office } from './schedules';

/** A list whose third row cannot be read: what a fault of our own in the middle of an event looks like. */
function broken(): PbxEvent {
  const row = (number: string) => ({ number, name: number, devices: [], mailbox: null, tags: [], group: null });
  const rows = [row('801'), row('802'), row('803')];
  Object.defineProperty(rows, 2, {
    get() {
      throw new Error('weird');
    },
  });
  return { type: 'list.extensions', at: 5, repair: false, extensions: rows } as unknown as PbxEvent;
}

describe('a fault of the model', () => {
  it('is told, not thrown, and leaves records and ops in step', () => {
    const model = new PbxModel();
    const copy = new PbxModel().maps;
    const take = (event: PbxEvent) => {
      const result = model.reduce(event);
      for (const op of result.ops) applyOp(copy, op);
      return result;
    };
    for (const event of office) take(event);
    expect(take(broken()).fault?.message).toBe('weird');
    const after = take({ type: 'tick', at: 6 });
    expect(after).not.toHaveProperty('fault');
    expect(copy).toEqual(model.maps);
  });

  it('does not come back with every event when one record cannot be derived', () => {
    const model = new PbxModel();
    for (const event of office) model.reduce(event);
    const facts = model.facts.extensions;
    const poison = facts.get('101');
    if (poison === undefined) throw new Error('no extension 101 in the office');
    const read = facts.get.bind(facts);
    facts.get = (key) => {
      if (key === '101') throw new Error('cannot be derived');
      return read(key);
    };
    model.facts.dirty.extensions.add('101').add('102');
    expect(model.reduce({ type: 'tick', at: 7 }).fault?.message).toBe('cannot be derived');
    expect(model.facts.dirty.extensions).toEqual(new Set(['102']));
    expect(model.reduce({ type: 'tick', at: 8 })).toEqual({ ops: [], repairs: 0 });
    expect(model.facts.dirty.extensions.size).toBe(0);
  });
});
