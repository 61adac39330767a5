/** `npm run screenshots`: the pictures of docs/screenshots, from the demo office after a minute of its life. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from './fixtures/chromium';
import { admin } from './fixtures/office';
import { PanelProcess } from './fixtures/panel-process';
import { PanelPage } from './pages/panel-page';

const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
const lifeMs = 60_000;
const largest = 400_000;
/** The reception, which most calls go through. */
const ownExtension = '101';

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly path: string;
  readonly signedIn: boolean;
  readonly ready: (page: Page) => Promise<void>;
}

const live = (page: Page) => new PanelPage(page).live();
const panel = { path: '/', signedIn: true, ready: live } as const;
const pictures: readonly Picture[] = [
  { ...panel, name: 'panel-light-1440', width: 1440, height: 900 },
  { ...panel, name: 'panel-dark-1440', width: 1440, height: 900, scheme: 'dark' },
  { ...panel, name: 'panel-1024', width: 1024, height: 768 },
  { ...panel, name: 'panel-390', width: 390, height: 844 },
  {
    ...{ name: 'login', width: 1024, height: 700, path: '/login/', signedIn: false },
    ready: (page) => page.getByText(/^Cordboard \d/).waitFor(),
  },
  {
    ...{ name: 'admin-pbx', width: 1280, height: 900, path: '/admin/pbx/', signedIn: true },
    ready: (page) => page.getByText('Connected to the demo PBX').waitFor(),
  },
];

async function take(picture: Picture, options: BrowserContextOptions): Promise<void> {
  const { name, width, height, scheme = 'light', path: address, signedIn, ready } = picture;
  const context = await browser.newContext({
    ...options,
    viewport: { width, height },
    colorScheme: scheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  if (signedIn) {
    await context.request.post('/api/v1/login', { data: { ...admin } });
    await context.request.patch('/api/v1/me', { data: { name: 'Amara Okafor', extension: ownExtension } });
  }
  const page = await context.newPage();
  await page.goto(address);
  await ready(page);
  // What is loaded on demand, and the counts, come a moment later.
  await page.waitForTimeout(1_500);
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  await context.close();
  const { size } = await stat(file);
  if (size > largest) throw new Error(`${file} has ${size} bytes; ${largest} are enough`);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(size / 1_024)} kB`);
}

await mkdir(folder, { recursive: true });
const server = await PanelProcess.start();
const browser = await chromium.launch(chromiumLaunch());
try {
  console.log('The office opens; the pictures are taken in a minute.');
  await new Promise((resolve) => setTimeout(resolve, lifeMs));
  for (const picture of pictures) await take(picture, { baseURL: server.url });
} finally {
  await browser.close();
  await server.remove();
}
