import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stopped } from './commands/panic';
import { PanicSwitch } from './panic-switch';
import { silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

const now = Date.parse('2026-03-01T12:00:00Z');
const byAnna = { by: 'anna', since: '2026-03-01T12:00:00.000Z' };
let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore(() => now);
});
afterEach(() => temporary.dispose());

async function started() {
  const shown: Stopped[] = [];
  const { settings } = temporary.store;
  const panic = new PanicSwitch({ settings, changed: (one) => shown.push(one), now: () => now, log: silentLog });
  await panic.load();
  return { panic, shown };
}

describe('the panic switch', () => {
  it('is off at first, and tells how it is', async () => {
    const { panic, shown } = await started();
    expect(panic.current()).toBeNull();
    expect(shown).toEqual([null]);
  });

  it('holds before it is written, is told to all, and survives a restart', async () => {
    const { panic, shown } = await started();
    const written = panic.set(true, 'anna');
    expect(panic.current()).toEqual(byAnna);
    await written;
    expect(shown).toEqual([null, byAnna]);
    const again = await started();
    expect(again.panic.current()).toEqual(byAnna);
    expect(again.shown).toEqual([byAnna]);
    await again.panic.set(false, 'bert');
    expect(again.shown).toEqual([byAnna, null]);
    expect((await started()).panic.current()).toBeNull();
  });

  it('stays as the first one pulled it', async () => {
    const { panic, shown } = await started();
    await panic.set(true, 'anna');
    await panic.set(true, 'bert');
    expect(panic.current()).toEqual(byAnna);
    expect(shown).toEqual([null, byAnna]);
  });

  it('ends as the last one asked, however fast they follow each other', async () => {
    const { panic } = await started();
    await Promise.all([panic.set(true, 'anna'), panic.set(false, 'bert'), panic.set(true, 'carl')]);
    expect(panic.current()).not.toBeNull();
    expect((await started()).panic.current()).toEqual(panic.current());
    await Promise.all([panic.set(false, 'anna'), panic.set(true, 'bert'), panic.set(false, 'carl')]);
    expect([panic.current(), (await started()).panic.current()]).toEqual([null, null]);
  });

  it('stops all the same when it cannot be written, and says so; releases nothing then', async () => {
    const { panic } = await started();
    await temporary.store.settings.put('outside', { stopped: null }, 0);
    await expect(panic.set(true, 'anna')).rejects.toThrow(/changed these settings/);
    expect(panic.current()).toEqual(byAnna);
    await expect(panic.set(false, 'anna')).rejects.toThrow();
    expect(panic.current()).toEqual(byAnna);
  });

  it('counts as pulled when what is saved cannot be read', async () => {
    await temporary.store.settings.put('outside', { stopped: 'yes' }, 0);
    const { panic } = await started();
    expect(panic.current()).toMatchObject({ by: 'the panel' });
    await panic.set(false, 'anna');
    expect((await started()).panic.current()).toBeNull();
  });
});
