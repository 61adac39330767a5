import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { PbxModel } from '../pbx/model';
import { silentLog, type TemporaryStore, temporaryStore } from '../store/temporary';
import { ButtonBook } from './book';
import { importButtons } from './import';

let temporary: TemporaryStore;
let now = 1_000_000;
beforeEach(async () => {
  now = 1_000_000;
  temporary = await temporaryStore(() => now);
});
afterEach(() => temporary.dispose());

class Desk {
  readonly model = new PbxModel();
  readonly timers = new Set<() => void>();
  ops = 0;
  readonly book: ButtonBook;

  constructor(store = temporary.store.buttons) {
    const clock = {
      now: () => now,
      setTimeout: (run: () => void) => {
        this.timers.add(run);
        return run;
      },
      clearTimeout: (timer: unknown) => void this.timers.delete(timer as () => void),
    };
    const emit = (event: PbxEvent) => {
      this.ops += this.model.reduce(event).ops.length;
    };
    this.book = new ButtonBook({ store, model: this.model, emit, clock, log: silentLog });
  }

  static async open(pbx = 'pbx'): Promise<Desk> {
    const desk = new Desk();
    await desk.book.follow(pbx);
    return desk;
  }

  hear(...events: PbxEvent[]): this {
    for (const event of events) {
      this.model.reduce(event);
      this.book.observe(event);
    }
    return this;
  }

  extensions(...numbers: string[]): this {
    const extensions = numbers.map((number) => ({ number, devices: [`PJSIP/${number}`] }));
    return this.hear({ type: 'list.extensions', at: now, repair: false, extensions });
  }

  row(key: string, kind: 'extension' | 'queue' = 'extension') {
    return this.book.list().find((row) => row.kind === kind && row.key === key);
  }
}

const set = (key: string, label: string | null, version?: number) => ({
  ...{ kind: 'extension' as const, key, set: { label } },
  ...(version !== undefined && { version }),
});

describe('the book of what is on the panel', () => {
  it('knows what the PBX has, and what it has no more since when', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    expect(desk.row('101')).toMatchObject({ found: { device: 'PJSIP/101' }, vanishedAt: null, version: 0 });
    now += 5_000;
    desk.extensions('102');
    expect(desk.row('101')?.vanishedAt).toBe(new Date(now).toISOString());
    desk.extensions('101', '102');
    expect(desk.row('101')?.vanishedAt).toBeNull();
  });

  it('keeps what was set and found over a restart', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    await desk.book.change([set('101', 'Front desk')], 'anna');
    await desk.book.flush();
    const again = await Desk.open();
    expect(again.row('101')).toMatchObject({ own: { label: 'Front desk' }, version: 1, by: 'anna' });
    expect(again.row('102')).toMatchObject({ found: { device: 'PJSIP/102' } });
    now += 1_000;
    again.extensions('101');
    expect(again.model.extension('101')?.name).toBe('Front desk');
    await again.book.flush();
    expect((await Desk.open()).row('102')?.vanishedAt).toBe(new Date(now).toISOString());
  });

  it('shows a change at once, and gives it back', async () => {
    const desk = await Desk.open();
    desk.hear({ type: 'extension', at: now, extension: { number: '101', name: { text: 'Found', rank: 'callerid' } } });
    await desk.book.change([set('101', 'Set')], 'anna');
    expect(desk.model.extension('101')?.name).toBe('Set');
    await desk.book.change([set('101', null)], 'anna');
    expect(desk.model.extension('101')?.name).toBe('Found');
  });

  it('leaves a row that somebody else changed, and says who; the others are changed', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    await desk.book.change([set('101', 'Hers', 0)], 'anna');
    const { changed, conflicts } = await desk.book.change([set('101', 'His', 0), set('102', 'His', 0)], 'bert');
    expect(changed.map(({ key }) => key)).toEqual(['102']);
    expect(conflicts).toMatchObject([{ key: '101', now: { own: { label: 'Hers' }, version: 1 } }]);
    expect(conflicts[0]?.message).toContain('anna');
  });

  it('two at once: one of them wins', async () => {
    const desk = await Desk.open();
    desk.extensions('101');
    const both = await Promise.all(['anna', 'bert'].map((by) => desk.book.change([set('101', by, 0)], by)));
    expect(both.map(({ conflicts }) => conflicts.length)).toEqual([0, 1]);
  });

  it('changes nothing that is so already, and counts no version', async () => {
    const desk = await Desk.open();
    desk.extensions('101');
    await desk.book.change([set('101', 'A')], 'anna');
    const { digest } = desk.book;
    const { changed } = await desk.book.change([set('101', 'A')], 'bert');
    expect(changed).toMatchObject([{ version: 1, by: 'anna' }]);
    expect(desk.book.digest).toBe(digest);
  });

  it('refuses what the PBX does not have, and fields of another kind', async () => {
    const desk = await Desk.open();
    const { conflicts } = await desk.book.change([set('999', 'X')], 'anna');
    expect(conflicts).toMatchObject([{ message: 'There is no extension 999.', now: null }]);
    const wrong = desk.book.change([{ kind: 'queue', key: 'sales', set: { email: 'a@b.example' } }], 'anna');
    await expect(wrong).rejects.toMatchObject({ failure: { error: 'invalid', field: 'edits.0.set.email' } });
  });

  it('adds by hand what then does not vanish, and forgets it', async () => {
    const desk = await Desk.open();
    desk.extensions('101');
    await desk.book.add({ kind: 'extension', key: '900', set: { label: 'Gate' } }, 'anna');
    expect(desk.model.extension('900')?.name).toBe('Gate');
    desk.extensions('101');
    expect(desk.row('900')).toMatchObject({ added: true, vanishedAt: null });
    await expect(desk.book.add({ kind: 'extension', key: '900', set: {} }, 'anna')).rejects.toThrow('already');
    await desk.book.forget([{ kind: 'extension', key: '900' }]);
    expect(desk.model.extension('900')).toBeUndefined();
    expect((await Desk.open()).row('900')).toBeUndefined();
  });

  it('forgets what vanished; what the PBX has is told to be hidden instead', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    desk.book.list();
    desk.extensions('102');
    const { forgotten, conflicts } = await desk.book.forget(['101', '102'].map((key) => ({ kind: 'extension', key })));
    expect(forgotten).toBe(1);
    expect(conflicts).toMatchObject([{ key: '102' }]);
    expect(desk.row('101')).toBeUndefined();
  });

  it('knows each PBX by itself: leaving one is no reason to vanish', async () => {
    const desk = await Desk.open('one');
    desk.extensions('101');
    await desk.book.change([set('101', 'Of one')], 'anna');
    await desk.book.flush();
    // As the link does it: what the former showed is cleared, then the other is followed.
    desk.extensions();
    await desk.book.follow('two');
    desk.extensions('101');
    expect(desk.model.extension('101')?.name).toBe('');
    desk.extensions();
    await desk.book.follow('one');
    expect(desk.row('101')).toMatchObject({ vanishedAt: null, own: { label: 'Of one' } });
  });

  it('changes nothing when the disk refuses', async () => {
    const desk = new Desk({
      ...{ load: async () => [], note: async () => {}, remove: async () => {} },
      save: () => Promise.reject(new Error('disk full')),
    } as never);
    await desk.book.follow('pbx');
    desk.extensions('101');
    await expect(desk.book.change([set('101', 'A')], 'anna')).rejects.toThrow('disk full');
    expect(desk.row('101')).toMatchObject({ own: { label: null }, version: 0 });
    expect(desk.model.extension('101')?.name).toBe('');
  });

  it('tries to write again what the disk did not take', async () => {
    let full = true;
    const { buttons } = temporary.store;
    const desk = new Desk({
      ...{ load: buttons.load.bind(buttons), save: buttons.save.bind(buttons), remove: buttons.remove.bind(buttons) },
      note: (pbx: string, rows: never[]) => (full ? Promise.reject(new Error('full')) : buttons.note(pbx, rows)),
    } as never);
    await desk.book.follow('pbx');
    desk.extensions('101');
    await desk.book.flush();
    expect(await buttons.load('pbx')).toEqual([]);
    full = false;
    await desk.book.flush();
    expect(await buttons.load('pbx')).toHaveLength(1);
  });

  it('lists a room that is there; it does not vanish', async () => {
    const desk = await Desk.open();
    desk.hear({ type: 'conference', at: now, name: '800', kind: 'confbridge' });
    expect(desk.book.list()).toMatchObject([{ kind: 'conference', key: '800' }]);
    await desk.book.change([{ kind: 'conference', key: '800', set: { label: 'Board' } }], 'anna');
    expect(desk.model.maps.conferences.get('800')?.label).toBe('Board');
    desk.hear({ type: 'conference.gone', at: now, name: '800' });
    await desk.book.flush();
    expect(desk.book.list()).toMatchObject([{ own: { label: 'Board' }, vanishedAt: null }]);
  });

  it('takes in ten thousand extensions without standing still', async () => {
    const desk = await Desk.open();
    desk.extensions(...Array.from({ length: 10_000 }, (_, n) => String(10_000 + n)));
    let turns = 0;
    let over = false;
    const count = (): void => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await desk.book.flush();
    over = true;
    expect(turns).toBeGreaterThan(100);
    expect(await temporary.store.buttons.load('pbx')).toHaveLength(10_000);
  });
});

describe('an import', () => {
  const file =
    'kind,key,label,group,added\nextension,101,Front desk,Sales,\nextension,102,,,\nextension,900,Gate,,yes\n';
  const body = { format: 'csv', text: file, mode: 'merge' } as const;

  it('is tried first, and done as it was tried', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    const trial = await importButtons(desk.book, body, 'anna');
    expect(trial).toMatchObject({ applied: false, changedRows: 2, unchanged: 1, errors: [], wrongRows: 0 });
    expect(trial.changes).toEqual([
      { line: 2, kind: 'extension', key: '101', field: 'label', before: '', after: 'Front desk' },
      { line: 2, kind: 'extension', key: '101', field: 'group', before: '', after: 'Sales' },
      { line: 4, kind: 'extension', key: '900', field: 'added', before: '', after: 'yes' },
      { line: 4, kind: 'extension', key: '900', field: 'label', before: '', after: 'Gate' },
    ]);
    expect(desk.model.extension('101')?.name).toBe('');
    const { digest } = trial;
    await expect(importButtons(desk.book, { ...body, digest }, 'anna')).resolves.toMatchObject({ applied: true });
    expect(desk.model.extension('101')).toMatchObject({ name: 'Front desk', group: 'Sales' });
    expect(desk.model.extension('900')?.name).toBe('Gate');
    await expect(importButtons(desk.book, body, 'anna')).resolves.toMatchObject({ changedRows: 0, unchanged: 3 });
  });

  it('is refused when the table or the file changed since', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    const { digest } = await importButtons(desk.book, body, 'anna');
    const other = { ...body, text: file.replace('Sales', 'Support'), digest };
    await expect(importButtons(desk.book, other, 'anna')).rejects.toThrow('changed since');
    await desk.book.change([set('102', 'X')], 'bert');
    await expect(importButtons(desk.book, { ...body, digest }, 'anna')).rejects.toThrow('changed since');
    expect(desk.row('101')?.own.label).toBeNull();
  });

  it('leaves rows with errors out, and says which', async () => {
    const desk = await Desk.open();
    desk.extensions('101');
    const text = 'kind,key,label,email\nextension,101,A,\nextension,101,B,\nextension,999,C,\nextension,102,D,not\n';
    const trial = await importButtons(desk.book, { ...body, text }, 'anna');
    expect(trial.errors.map(({ line, field }) => `${line} ${field}`)).toEqual(['3 key', '4 key', '5 email']);
    expect(trial).toMatchObject({ wrongRows: 3, changedRows: 1 });
  });

  it('gives back, when it replaces, what the file does not have', async () => {
    const desk = await Desk.open();
    desk.extensions('101', '102');
    await desk.book.change([set('102', 'X')], 'anna');
    const replace = { ...body, text: 'kind,key,label\nextension,101,A\n', mode: 'replace' } as const;
    const trial = await importButtons(desk.book, replace, 'anna');
    expect(trial.changes).toContainEqual({
      ...{ line: null, kind: 'extension', key: '102', field: 'label', before: 'X', after: '' },
    });
    await importButtons(desk.book, { ...replace, digest: trial.digest }, 'anna');
    expect(desk.row('102')?.own.label).toBeNull();
  });
});
