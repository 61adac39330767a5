import type { Page, WebSocket } from '@playwright/test';
import { FakePbx } from './fixtures/fake-pbx';
import { test as base, expect } from './fixtures/test';

const extensions = 2_000;

const test = base.extend<object, { office: FakePbx }>({
  office: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const office = await FakePbx.start(extensions);
      await use(office);
      await office.close();
    },
    { scope: 'worker' },
  ],
});

const tilesInPage = (page: Page) => page.locator('[data-tile]').count();

/** Tiles with all four corners on the screen. */
function tilesInView(page: Page): Promise<number> {
  return page.getByRole('grid', { name: 'Extensions' }).evaluate((grid) => {
    const pane = grid.parentElement?.getBoundingClientRect();
    if (!pane) return 0;
    return [...grid.querySelectorAll('[data-tile]')].filter((tile) => {
      const { top, bottom, left, right } = tile.getBoundingClientRect();
      return (
        top >= pane.top && bottom <= Math.min(pane.bottom, innerHeight) && left >= pane.left && right <= pane.right
      );
    }).length;
  });
}

test('2,000 people: the end is a key away, and only what is on the screen is in the page', async ({
  office,
  startPanel,
  sit,
}) => {
  const { panel } = await sit(await startPanel({ amiUrl: office.amiUrl }));
  const { page } = panel;
  await expect(page.getByRole('heading', { name: 'People' }).locator('..')).toContainText('2000');
  await panel.tile('10000').focus();
  await page.keyboard.press('Control+End');
  await expect(panel.tile('11999')).toBeInViewport();
  await expect(panel.tile('11999')).toBeFocused();
  expect(await tilesInPage(page)).toBeLessThan(250);

  await panel.grid.hover();
  await page.mouse.wheel(0, -1_000_000);
  await expect(panel.tile('10000')).toBeInViewport();
  expect(await tilesInPage(page)).toBeLessThan(250);
});

test('at 1440×900 at least 48 comfortable and 120 compact tiles are in view', async ({ office, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: office.amiUrl }));
  await expect.poll(() => tilesInView(panel.page)).toBeGreaterThanOrEqual(48);
  await panel.density('Compact').click();
  await expect.poll(() => tilesInView(panel.page)).toBeGreaterThanOrEqual(120);
});

test('a change touches the page inside its own tile and nowhere else', async ({ office, startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel({ amiUrl: office.amiUrl }));
  await panel.page.mouse.move(0, 0);
  const order = await panel.order();
  const [one = '', from = '', to = ''] = [order[3], order[8], order[14]];
  const touched = await panel.grid.evaluateHandle((grid) => {
    const seen = new Set<string>();
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        seen.add(element?.closest<HTMLElement>('[data-tile]')?.dataset.tile ?? `outside: ${element?.outerHTML}`);
      }
    }).observe(grid, { subtree: true, childList: true, attributes: true, characterData: true });
    return seen;
  });
  const answer = await context.request.post('/api/v1/commands/extension.dnd', { data: { extension: one, on: true } });
  expect(await answer.json()).toMatchObject({ ok: true });
  await panel.says(one, 'Do not disturb');
  expect(await touched.evaluate((seen) => [...seen])).toEqual([one]);
  office.ring(from, to);
  await panel.says(to, 'Ringing');
  await panel.says(from, 'Calling');
  expect((await touched.evaluate((seen) => [...seen])).sort()).toEqual([one, from, to].sort());
});

test('while 200 tiles change per second no tile moves by itself', async ({ office, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: office.amiUrl }));
  const { page } = panel;
  await panel.density('Compact').click();
  await expect.poll(() => tilesInView(page)).toBeGreaterThanOrEqual(120);

  const socket = page.waitForEvent('websocket');
  await page.reload();
  const frames = framesOf(await socket);
  await panel.live();
  office.busy(3_000);
  try {
    // The first second only fills the lines.
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBeGreaterThan(20);
    frames.length = 0;
    const { moves, texts } = await watchPlaces(page, 20);
    expect(moves).toEqual([]);
    expect(texts).toBeGreaterThan(20);
    expect(changesPerSecond(frames)).toBeGreaterThan(200);
  } finally {
    office.quiet();
  }
});

interface SeenFrame {
  /** The server's clock: how late it came to be counted does not matter. */
  readonly at: number;
  readonly changes: number;
}

function framesOf(socket: WebSocket): SeenFrame[] {
  const seen: SeenFrame[] = [];
  socket.on('framereceived', ({ payload }) => {
    const text = String(payload);
    if (!text.startsWith('42["frame",')) return;
    const [, frame] = JSON.parse(text.slice(2)) as [string, { at: string | number; ops: [string, ...unknown[]][] }];
    const changes = frame.ops.filter(([domain]) => domain === 'extensions').length;
    seen.push({ at: new Date(frame.at).getTime(), changes });
  });
  return seen;
}

function changesPerSecond(frames: readonly SeenFrame[]): number {
  const [first, last] = [frames[0], frames.at(-1)];
  if (!first || !last) return 0;
  const changes = frames.slice(1).reduce((sum, frame) => sum + frame.changes, 0);
  return changes / ((last.at - first.at) / 1_000);
}

/** Looks at every tile's place so many times, 200 ms apart; also tells how many different texts there were. */
function watchPlaces(page: Page, looks: number): Promise<{ moves: string[]; texts: number }> {
  return page.evaluate(async (times) => {
    const places = () =>
      new Map(
        [...document.querySelectorAll<HTMLElement>('[data-tile]')].map((tile) => {
          const { x, y, width, height } = tile.getBoundingClientRect();
          return [tile.dataset.tile ?? '', [x, y, width, height].join(' ')];
        }),
      );
    const before = places();
    const moves: string[] = [];
    const texts = new Set<string>();
    for (let look = 0; look < times; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const now = places();
      for (const [number, place] of before) {
        if (now.get(number) !== place) moves.push(`${number}: ${place} → ${now.get(number)}`);
      }
      for (const tile of document.querySelectorAll('[data-tile]')) texts.add(tile.getAttribute('aria-label') ?? '');
    }
    return { moves, texts: texts.size - before.size };
  }, looks);
}
