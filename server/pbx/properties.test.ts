import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOp, emptyMaps, loadSnapshot, type StateMaps } from '../protocol/apply';
import { domains, type Op, type SnapshotLists } from '../protocol/state';
import type { PbxEvent } from './events';
import { leftovers, violations } from './invariants';
import { PbxModel } from './model';
import { disturbed, office, Schedule } from './schedules';

/** All properties together; each says which part it takes. */
const total = Number(process.env.CORDBOARD_PROPERTY_RUNS ?? 10_000);
const seed = Number(process.env.CORDBOARD_PROPERTY_SEED ?? 20_261_121);
const runs = (share: number) => ({ numRuns: Math.max(1, Math.round(total * share)), seed });

/** Thousands of schedules take their time on a busy machine. */
const patience = 600_000;

const numbers = fc.array(fc.nat(0xffffff), { minLength: 4, maxLength: 11 });

function listsOf(maps: StateMaps): unknown {
  return Object.fromEntries(domains.map((domain) => [domain, [...maps[domain].values()]]));
}

/** Reduce all events; the snapshot before each, and the ops of each. */
function play(model: PbxModel, events: readonly PbxEvent[]): { cuts: SnapshotLists[]; ops: (readonly Op[])[] } {
  const cuts: SnapshotLists[] = [];
  const ops: (readonly Op[])[] = [];
  for (const event of events) {
    cuts.push(model.lists());
    ops.push(model.reduce(event).ops);
  }
  return { cuts, ops };
}

function newOffice(): PbxModel {
  const model = new PbxModel();
  for (const event of office) model.reduce(event);
  return model;
}

function scheduleOf(choices: readonly number[]): PbxEvent[] {
  const schedule = new Schedule(choices);
  schedule.end();
  return schedule.events;
}

function samePlace(a: StateMaps, b: StateMaps): boolean {
  return domains.every((domain) => {
    const one = [...a[domain].values()] as object[];
    const two = [...b[domain].values()] as object[];
    return one.length === two.length && one.every((row, index) => sameFields(row, two[index] ?? {}));
  });
}

/** Fields pass from op to record as they are, so equal state is identical fields. */
function sameFields(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Reflect.get(a, key) === Reflect.get(b, key));
}

describe('any legal schedule of calls', () => {
  it(
    'L20: a snapshot cut in at every event, and the ops after it, are the state at the end',
    () => {
      fc.assert(
        fc.property(numbers, (choices) => {
          const model = newOffice();
          const { cuts, ops } = play(model, disturbed(scheduleOf(choices), choices));
          cuts.forEach((cut, index) => {
            const mirror = emptyMaps();
            loadSnapshot(mirror, cut);
            for (const some of ops.slice(index)) for (const op of some) applyOp(mirror, op);
            if (!samePlace(mirror, model.maps)) expect(listsOf(mirror), `cut at ${index}`).toEqual(model.lists());
          });
        }),
        runs(0.5),
      );
    },
    patience,
  );

  it(
    'L21: keeps the records in agreement with the facts at every event',
    () => {
      fc.assert(
        fc.property(numbers, (choices) => {
          const model = newOffice();
          for (const event of disturbed(scheduleOf(choices), choices)) {
            model.reduce(event);
            const found = violations(model);
            if (found.length > 0) expect(found, JSON.stringify(event)).toEqual([]);
          }
        }),
        runs(0.2),
      );
    },
    patience,
  );

  it(
    'L22: leaves nothing behind when every channel has hung up',
    () => {
      fc.assert(
        fc.property(numbers, (choices) => {
          const model = newOffice();
          for (const event of disturbed(scheduleOf(choices), choices)) model.reduce(event);
          expect(leftovers(model)).toEqual([]);
          for (const { state, number } of model.maps.extensions.values()) expect(state, number).toBe('idle');
        }),
        runs(0.2),
      );
    },
    patience,
  );

  it(
    'L23: never changes a record that was handed out',
    () => {
      fc.assert(
        fc.property(numbers, (choices) => {
          const model = newOffice();
          const before: [SnapshotLists, string][] = [];
          for (const event of scheduleOf(choices)) {
            before.push([model.lists(), JSON.stringify(model.lists())]);
            model.reduce(event);
          }
          for (const [lists, text] of before) expect(JSON.stringify(lists)).toBe(text);
        }),
        runs(0.02),
      );
    },
    patience,
  );

  it(
    'C8: a repeated event changes nothing but what the first one did',
    () => {
      fc.assert(
        fc.property(numbers, (choices) => {
          const model = newOffice();
          for (const event of scheduleOf(choices)) {
            model.reduce(event);
            const { ops } = model.reduce(event);
            if (ops.length > 0) expect(ops, JSON.stringify(event)).toEqual([]);
          }
        }),
        runs(0.08),
      );
    },
    patience,
  );
});
