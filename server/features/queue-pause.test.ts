import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rest } from './fakes';
import { keyFor, QueueOffice, reason } from './queue-fakes';
import { reasonThatFits } from './queue-membership';

const sales = keyFor('sales', '101');
const support = keyFor('support', '101');

async function office(...keys: string[]): Promise<QueueOffice> {
  const made = new QueueOffice();
  for (const key of keys) made.add(key);
  await made.connect();
  return made;
}

const pausedBy = ({ members }: QueueOffice, key: string) => members.get(key)?.by ?? null;

describe('do-not-disturb and queues', () => {
  it('Q1 pauses every membership of the person with the reason, and no other', async () => {
    const made = await office(sales, support, keyFor('sales', '102'));
    made.setDnd('101', true);
    await made.quiet();
    expect(made.writes.sort()).toEqual([`pause ${sales} ${reason}`, `pause ${support} ${reason}`]);
    expect(made.members.get(sales)).toMatchObject({ paused: true, reason });
    expect([...made.rows.keys()]).toEqual([sales, support]);
  });

  it('Q2 takes back what it paused; what was paused before stays', async () => {
    const made = await office(sales, support);
    made.byHand(support, true);
    await made.quiet();
    made.setDnd('101', true);
    await made.quiet();
    made.setDnd('101', false);
    await made.quiet();
    expect(made.writes).toEqual([`pause ${sales} ${reason}`, `unpause ${sales}`]);
    expect(made.members.get(support)).toMatchObject({ paused: true, reason: 'Lunch' });
    expect(made.rows.size).toBe(0);
  });

  it.each([
    ['another reason', (made: QueueOffice) => made.byHand(sales, true, 'Lunch')],
    ['un-paused', (made: QueueOffice) => made.byHand(sales, false)],
  ])('Q2 leaves alone what somebody took over since: %s', async (_, take) => {
    const made = await office(sales);
    made.setDnd('101', true);
    await made.quiet();
    take(made);
    await made.quiet();
    const then = { ...made.members.get(sales) };
    await made.read();
    made.setDnd('101', false);
    await made.quiet();
    expect(made.members.get(sales)).toEqual(then);
    expect(made.writes).toHaveLength(1);
    expect(made.rows.size).toBe(0);
  });

  it('Q3 pauses a queue that is joined meanwhile, also one that was left and is joined again', async () => {
    const made = await office(sales);
    made.setDnd('101', true);
    await made.quiet();
    made.add(support);
    made.remove(sales);
    made.add(sales);
    await made.quiet();
    expect([pausedBy(made, sales), pausedBy(made, support)]).toEqual(['panel', 'panel']);
    made.setDnd('101', false);
    await made.quiet();
    expect([pausedBy(made, sales), pausedBy(made, support)]).toEqual([null, null]);
  });

  it('Q3 remembers over a restart, also what it was about to do', async () => {
    const made = await office(sales, support);
    made.setDnd('101', true);
    await rest();
    await made.restart(1);
    expect(pausedBy(made, sales)).toBe('panel');
    await made.quiet();
    expect(pausedBy(made, support)).toBe('panel');
    await made.disconnect();
    made.dnd.delete('101');
    await made.restart();
    await made.quiet();
    expect([pausedBy(made, sales), pausedBy(made, support)]).toEqual([null, null]);
  });

  it('Q1 Q2 catches up what it missed while the PBX was away', async () => {
    const made = await office(sales, support);
    await made.disconnect();
    made.setDnd('101', true);
    await made.connect();
    await made.quiet();
    expect(pausedBy(made, sales)).toBe('panel');
    await made.disconnect();
    made.byHand(support, true);
    made.setDnd('101', false);
    await made.connect();
    await made.quiet();
    expect([pausedBy(made, sales), pausedBy(made, support)]).toEqual([null, 'hand']);
  });

  it('Q4 pauses again what a restart of the PBX lost', async () => {
    const made = await office(sales);
    made.setDnd('101', true);
    await made.quiet();
    await made.disconnect();
    made.byHand(sales, false);
    await made.connect();
    await made.quiet();
    expect(pausedBy(made, sales)).toBe('panel');
  });

  it('does nothing while the rule is off, and all of it when it is switched', async () => {
    const made = await office(sales);
    made.settings.enabled = false;
    made.setDnd('101', true);
    await made.quiet();
    expect(made.writes).toEqual([]);
    made.settings.enabled = true;
    made.rule.retune();
    await made.quiet();
    expect(pausedBy(made, sales)).toBe('panel');
    made.settings.enabled = false;
    made.rule.retune();
    await made.quiet();
    expect(pausedBy(made, sales)).toBeNull();
    expect(made.rows.size).toBe(0);
  });

  it('takes back under the reason it gave, whatever the rule says now', async () => {
    const made = await office(sales);
    made.setDnd('101', true);
    await made.quiet();
    made.settings.reason = 'Away';
    made.setDnd('101', false);
    await made.quiet();
    expect(pausedBy(made, sales)).toBeNull();
  });

  it('writes nothing for a wish that was overtaken', async () => {
    const made = await office(sales);
    for (const on of [true, false, true, false]) made.setDnd('101', on);
    await made.quiet();
    expect(made.writes).toEqual([]);
    expect(made.rows.size).toBe(0);
  });

  it('is not led astray by old news while its own write is under way', async () => {
    const made = await office(sales);
    made.mention(sales);
    made.setDnd('101', true);
    await rest();
    await made.land();
    made.mention(sales);
    made.setDnd('101', false);
    await rest();
    made.setDnd('101', true);
    await made.quiet();
    expect(pausedBy(made, sales)).toBe('panel');
    made.setDnd('101', false);
    await made.quiet();
    expect(pausedBy(made, sales)).toBeNull();
  });

  it('says what the PBX refuses, in words, and tries again with the next do-not-disturb', async () => {
    const made = await office(sales);
    expect(made.rule.problem()).toBeNull();
    made.refuse = 'Permission denied';
    made.setDnd('101', true);
    await made.quiet();
    expect(made.rule.problem()).toBe(
      'Asterisk refused QueuePause ("Permission denied"): the AMI account needs the class "agent" in write= of manager.conf.',
    );
    expect(made.rows.size).toBe(0);
    await made.read();
    expect(made.writes).toHaveLength(1);
    made.refuse = null;
    made.setDnd('101', false);
    made.setDnd('101', true);
    await made.quiet();
    expect(pausedBy(made, sales)).toBe('panel');
    expect(made.rule.problem()).toBeNull();
  });

  it('keeps a pause that could not be taken back, and takes it back later', async () => {
    const made = await office(sales);
    made.setDnd('101', true);
    await made.quiet();
    made.refuse = 'Permission denied';
    made.setDnd('101', false);
    await made.quiet();
    expect(made.rows.size).toBe(1);
    made.refuse = null;
    await made.read();
    await made.quiet();
    expect(pausedBy(made, sales)).toBeNull();
    expect(made.rows.size).toBe(0);
  });

  it('gives a reason that Asterisk keeps whole and that is not empty', () => {
    expect(reasonThatFits('  ')).toBe('Do not disturb');
    expect(reasonThatFits('Lunch ')).toBe('Lunch');
    const long = reasonThatFits('ü'.repeat(60));
    expect(long).toBe('ü'.repeat(39));
    expect(reasonThatFits('😀'.repeat(30))).toBe('😀'.repeat(19));
  });
});

const number = fc.constantFrom('101', '102');
const key = fc.tuple(fc.constantFrom('sales', 'support'), number).map(([queue, ext]) => keyFor(queue, ext));
const few = fc.nat(2);
type Step = (made: QueueOffice) => unknown;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(number, fc.boolean()).map(
      ([ext, on]): Step =>
        (made) =>
          made.setDnd(ext, on),
    ),
  },
  { weight: 5, arbitrary: fc.constant<Step>((made) => made.land()) },
  { weight: 5, arbitrary: fc.constant<Step>((made) => made.hear()) },
  {
    weight: 2,
    arbitrary: fc.tuple(key, fc.boolean()).map(
      ([one, on]): Step =>
        (made) =>
          made.byHand(one, on),
    ),
  },
  {
    weight: 1,
    arbitrary: key.map(
      (one): Step =>
        (made) =>
          made.add(one),
    ),
  },
  {
    weight: 1,
    arbitrary: key.map(
      (one): Step =>
        (made) =>
          made.remove(one),
    ),
  },
  {
    weight: 2,
    arbitrary: key.map(
      (one): Step =>
        (made) =>
          made.mention(one),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((made) => made.quiet()) },
  {
    weight: 1,
    arbitrary: few.map(
      (done): Step =>
        (made) =>
          made.disconnect(done),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((made) => made.connect()) },
  { weight: 1, arbitrary: fc.constant<Step>((made) => made.giveUp()) },
  { weight: 1, arbitrary: fc.constant<Step>((made) => made.read()) },
  {
    weight: 1,
    arbitrary: few.map(
      (done): Step =>
        (made) =>
          made.restart(done),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (on): Step =>
        (made) => {
          made.settings.enabled = on;
          made.rule.retune();
        },
    ),
  },
);

describe('in any order of do-not-disturb, hands, joins, old news, lost links and restarts', () => {
  it('Q2 never takes back what it did not pause, writes nothing that is so already, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const made = await office(sales, support, keyFor('sales', '102'));
        for (const one of steps) {
          await one(made);
          await rest();
        }
        await made.connect();
        await made.quiet();
        for (const ext of ['101', '102']) made.setDnd(ext, false);
        await made.quiet();
        await made.read();
        await made.quiet();
        expect(made.faults).toEqual([]);
        expect([...made.members.values()].filter(({ by }) => by === 'panel')).toEqual([]);
        expect(made.rows.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('Q1 Q3 everybody in do-not-disturb is paused in the end, but where somebody un-paused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const made = await office(sales, support, keyFor('sales', '102'));
        for (const one of steps) {
          await one(made);
          await rest();
        }
        made.settings.enabled = true;
        made.rule.retune();
        for (const ext of ['101', '102']) made.setDnd(ext, false);
        await made.connect();
        await made.quiet();
        for (const ext of ['101', '102']) made.setDnd(ext, true);
        await made.quiet();
        await made.read();
        await made.quiet();
        expect([...made.members.values()].filter(({ paused }) => !paused)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
