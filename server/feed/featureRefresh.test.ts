import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { FeatureRefresh } from './featureRefresh';
import { featureMirror } from './features';
import { ManualClock, settle } from './testing';

function make(db: Map<string, string> | 'refused') {
  const clock = new ManualClock();
  const out: PbxEvent[] = [];
  const reads: string[] = [];
  const gates: (() => void)[] = [];
  let gated = false;
  const refresh = new FeatureRefresh({
    read: async (family, key) => {
      reads.push(`${family}/${key}`);
      if (gated) await new Promise<void>((resolve) => gates.push(resolve));
      return db === 'refused' ? 'refused' : (db.get(`${family}/${key}`) ?? null);
    },
    emit: (event) => out.push(event),
    now: () => clock.now(),
    setTimeout: (run, ms) => clock.setTimeout(run, ms),
    clearTimeout: (timer) => clock.clearTimeout(timer),
  });
  const mirror = (device: string, state: 'BUSY' | 'NOT_INUSE'): void => {
    const found = featureMirror(device);
    if (found !== null) refresh.changed(found, found.id, state);
  };
  const gate = (on: boolean): void => {
    gated = on;
    for (const open of gates.splice(0)) open();
  };
  return { clock, out, reads, refresh, mirror, gate };
}

const said = (out: readonly PbxEvent[]) =>
  out.map((event) =>
    event.type === 'held' && event.backend === 'astdb'
      ? `${event.number} ${event.slot}=${event.held}${event.mirror === undefined ? '' : ' mirror wrong'}`
      : event.type,
  );

describe('DND and forwarding in AstDB', () => {
  it.each([
    ['Custom:DND101', 'dnd', 'extension', '101'],
    ['Custom:DEVDND101', 'dnd', 'device', '101'],
    ['Custom:CF101', 'forward', 'extension', '101'],
    ['Custom:DEVCF101', 'forward', 'device', '101'],
  ])('%s is a mirror', (device, feature, owner, id) => {
    expect(featureMirror(device)).toEqual({ feature, owner, id });
  });

  it.each(['Custom:FOLLOWME101', 'Custom:DND', 'PJSIP/101', 'Custom:DND101&x', 'XCustom:DND1'])(
    '%s is none',
    (device) => {
      expect(featureMirror(device)).toBeNull();
    },
  );

  it('the value of AstDB counts, and a mirror that goes on saying otherwise is wrong', async () => {
    const { out, mirror, clock } = make(new Map([['DND/101', 'YES']]));
    mirror('Custom:DND101', 'NOT_INUSE');
    await clock.advance(600);
    expect(said(out)).toEqual(['101 dnd=YES', '101 dnd=YES mirror wrong']);
  });

  it('a dialplan that writes the mirror first is looked at once more', async () => {
    const db = new Map<string, string>();
    const { out, mirror, clock, reads } = make(db);
    mirror('Custom:DND101', 'BUSY');
    await clock.advance(100);
    db.set('DND/101', 'YES');
    await clock.advance(10_000);
    expect(said(out)).toEqual(['101 dnd=', '101 dnd=YES']);
    expect(reads).toHaveLength(2);
  });

  it('both mirrors of an extension make one read, and a change during it one more', async () => {
    const db = new Map([['DND/101', 'YES']]);
    const { out, mirror, reads, gate, clock } = make(db);
    gate(true);
    mirror('Custom:DND101', 'BUSY');
    mirror('Custom:DND101', 'BUSY');
    await settle();
    db.delete('DND/101');
    mirror('Custom:DND101', 'NOT_INUSE');
    gate(false);
    await clock.advance(1_000);
    expect(said(out)).toEqual(['101 dnd=']);
    expect(reads).toHaveLength(2);
  });

  it('a thousand extensions are read four at a time', async () => {
    const { mirror, reads, gate, out } = make(new Map());
    gate(true);
    for (let number = 1_000; number < 2_000; number++) mirror(`Custom:DND${number}`, 'NOT_INUSE');
    await settle();
    expect(reads).toHaveLength(4);
    gate(false);
    await settle();
    expect(out).toHaveLength(1_000);
  });

  it('without leave to read AstDB the mirror is believed, and a forwarding without a target is not', async () => {
    const { out, mirror } = make('refused');
    mirror('Custom:DND101', 'BUSY');
    mirror('Custom:CF102', 'BUSY');
    mirror('Custom:CF103', 'NOT_INUSE');
    await settle();
    expect(said(out)).toEqual(['101 dnd=YES', '103 always=']);
  });

  it('reads every kind of forwarding', async () => {
    const { out, mirror, clock } = make(
      new Map([
        ['CF/104', '105'],
        ['CFU/104', '106'],
      ]),
    );
    mirror('Custom:CF104', 'BUSY');
    await clock.advance(1_000);
    expect(said(out)).toEqual(['104 always=105', '104 busy=', '104 noAnswer=106']);
  });

  it('reads all again without a mirror, and believes none that was not heard', async () => {
    const { out, refresh, clock, reads } = make(new Map([['CFB/104', '106']]));
    refresh.reread('104');
    await clock.advance(1_000);
    expect(said(out).sort()).toEqual(['104 always=', '104 busy=106', '104 dnd=', '104 noAnswer=']);
    expect(reads).toHaveLength(4);
    const blind = make('refused');
    blind.refresh.reread('104');
    await settle();
    expect(blind.out).toEqual([]);
  });

  it('says nothing after it was stopped', async () => {
    const { out, mirror, gate, refresh, clock } = make(new Map([['DND/101', 'YES']]));
    gate(true);
    mirror('Custom:DND101', 'BUSY');
    await settle();
    refresh.stop();
    gate(false);
    await clock.advance(1_000);
    expect([out, clock.timers]).toEqual([[], 0]);
  });
});
