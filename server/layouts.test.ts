import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LayoutKeeper } from './layouts';
import type { Layout, RoleLayout, SavedLayout } from './protocol/layout';
import { defaultLayout } from './protocol/layout-default';
import { arrangementKeys, layoutOf, type OwnLayout, ownAfter, withoutArrangement } from './protocol/layout-own';
import { ConflictError, NotFoundError } from './store/errors';
import { silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

const part = fc.oneof(
  fc.record({ density: fc.constantFrom('compact' as const, 'comfortable' as const, 'large' as const) }),
  fc.record({ hidden: fc.subarray(['101', '102', '103']) }),
  fc.record({ departments: fc.shuffledSubarray(['Sales', 'Support', 'Office']) }),
  fc.record({ sections: fc.shuffledSubarray(['queues' as const, 'parking' as const, 'trunks' as const]) }),
);
const step = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), change: part }),
  fc.record({ kind: fc.constant('admin' as const), change: part }),
  fc.record({ kind: fc.constant('forget' as const) }),
);

describe('whose what is', () => {
  it('what a user set survives every change of the default; what they did not set follows it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let own: OwnLayout = {};
        let byRole: RoleLayout = {};
        const set = new Map<string, unknown>();
        for (const one of steps) {
          if (one.kind === 'forget') byRole = {};
          else if (one.kind === 'admin') byRole = { ...byRole, ...one.change };
          else {
            const before = layoutOf(own, byRole);
            own = ownAfter(own, byRole, { ...before, ...one.change });
            const [[key, value] = ['', undefined]] = Object.entries(one.change);
            const unchanged = JSON.stringify(before[key as keyof Layout]) === JSON.stringify(value);
            const asDefault = JSON.stringify(layoutOf({}, byRole)[key as keyof Layout]) === JSON.stringify(value);
            if (!unchanged && asDefault) set.delete(key);
            else if (!unchanged) set.set(key, value);
          }
          expect(layoutOf(own, byRole)).toEqual({ ...defaultLayout, ...byRole, ...Object.fromEntries(set) });
        }
        const left = layoutOf(withoutArrangement(own), byRole);
        for (const key of arrangementKeys) expect(left[key]).toEqual({ ...defaultLayout, ...byRole }[key]);
      }),
      { numRuns: 300 },
    );
  });

  it('a reset keeps theme, keys and notifications', () => {
    const own: OwnLayout = {
      theme: 'dark',
      density: 'large',
      console: { ...defaultLayout.console, transfer: 'attended' },
    };
    expect(withoutArrangement(own)).toEqual({ theme: 'dark', console: own.console });
  });
});

describe('the keeper of layouts', () => {
  let temporary: TemporaryStore;
  let keeper: LayoutKeeper;
  let shown: { userId: string; saved: SavedLayout }[];
  let open: string[];
  beforeEach(async () => {
    temporary = await temporaryStore();
    shown = [];
    open = [];
    keeper = new LayoutKeeper({
      store: temporary.store,
      openUsers: () => open,
      show: (userId, saved) => shown.push({ userId, saved }),
      log: silentLog,
    });
    await keeper.load();
  });
  afterEach(() => temporary.dispose());

  const user = async (username: string, role: string) => {
    const { id } = await temporary.store.users.create({
      ...{ username, name: username, role, extension: null, passwordHash: null },
    });
    return id;
  };
  const change = async (id: string, part: Partial<Layout>) => {
    const { version, layout } = await keeper.get(id);
    return keeper.put(id, { version, layout: { ...layout, ...part } });
  };
  const setDefaults = (roles: Record<string, RoleLayout>) =>
    keeper.saveDefaults({ version: keeper.defaults().version, settings: { roles } });

  it('shows a new default at once to every open panel, each with its own changes over it', async () => {
    const [ann, ben] = [await user('ann', 'receptionist'), await user('ben', 'viewer')];
    open = [ann, ben];
    await change(ann, { density: 'large' });
    await setDefaults({ receptionist: { density: 'compact', departments: ['Sales'] } });
    const of = (id: string) => shown.find((one) => one.userId === id)?.saved;
    expect(of(ann)?.layout).toMatchObject({ density: 'large', departments: ['Sales'] });
    expect(of(ben)?.layout).toEqual(defaultLayout);
    expect((await keeper.overview()).users).toMatchObject([
      { username: 'ann', own: ['density'] },
      { username: 'ben', own: [] },
    ]);
  });

  it('does not take a save that was made before the default changed for a change of everything', async () => {
    const ann = await user('ann', 'viewer');
    const before = await keeper.get(ann);
    await setDefaults({ viewer: { density: 'compact' } });
    const late = { version: before.version, layout: { ...before.layout, favourites: ['101'] } };
    expect(await keeper.put(ann, late)).toMatchObject({ ok: false, current: { layout: { density: 'compact' } } });
    expect((await keeper.get(ann)).layout.favourites).toEqual([]);
  });

  it('answers what another window saved instead of losing it', async () => {
    const ann = await user('ann', 'viewer');
    expect(await change(ann, { favourites: ['101'] })).toEqual({ ok: true, version: 1 });
    expect(await keeper.put(ann, { version: 0, layout: defaultLayout })).toEqual({
      ok: false,
      current: { version: 1, layout: { ...defaultLayout, favourites: ['101'] } },
    });
  });

  it('resets to the default of the role, as a newer version, and shows it', async () => {
    const ann = await user('ann', 'viewer');
    await setDefaults({ viewer: { density: 'compact' } });
    await change(ann, { density: 'large', theme: 'dark', hidden: ['105'] });
    const { version } = await keeper.get(ann);
    const reset = await keeper.reset(ann);
    expect(reset).toEqual({ version: version + 1, layout: { ...defaultLayout, density: 'compact', theme: 'dark' } });
    expect(shown).toEqual([{ userId: ann, saved: reset }]);
    await expect(keeper.reset('nobody')).rejects.toThrow(NotFoundError);
  });

  it('shows the layout of the new role to somebody whose role changed, as a newer version', async () => {
    const ann = await user('ann', 'viewer');
    await setDefaults({ supervisor: { density: 'compact' } });
    const before = await keeper.get(ann);
    await keeper.userChanged(ann);
    expect(shown).toEqual([]);
    await temporary.store.users.update(ann, { role: 'supervisor' });
    await keeper.userChanged(ann);
    expect(shown[0]?.saved.version).toBeGreaterThan(before.version);
    expect(shown[0]?.saved.layout.density).toBe('compact');
  });

  it('is saved over the version that was edited, and survives a restart', async () => {
    await setDefaults({ viewer: { density: 'compact' } });
    await expect(keeper.saveDefaults({ version: 0, settings: { roles: {} } })).rejects.toThrow(ConflictError);
    const again = new LayoutKeeper({ store: temporary.store, openUsers: () => [], show: () => {}, log: silentLog });
    await again.load();
    expect(again.defaults()).toEqual({ version: 1, settings: { roles: { viewer: { density: 'compact' } } } });
  });
});
