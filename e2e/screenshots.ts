/** `npm run screenshots`: the pictures of docs/screenshots, from the demo office after a minute of its life. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type APIRequestContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
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
  /** A function: known when the office is furnished. */
  readonly path: string | (() => string);
  readonly signedIn: boolean;
  readonly ready: (page: Page) => Promise<void>;
}

const wallboard = {
  name: 'Sales floor',
  sees: null,
  showNumbers: false,
  theme: 'dark',
  scale: 100,
  columns: 3,
  pageSeconds: 600,
  waitWarn: 20,
  waitAlert: 45,
  blocks: [
    { kind: 'clock', seconds: false, date: true },
    { kind: 'queues', queues: null, members: true },
    { kind: 'people', departments: ['Sales', 'Support'] },
    { kind: 'message', text: 'Fire drill at 15:00' },
  ],
};

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
  {
    ...{ name: 'admin-buttons', width: 1280, height: 900, path: '/admin/buttons/', signedIn: true },
    ready: (page) => page.getByText('Sofia, front desk').waitFor(),
  },
  {
    ...{ name: 'admin-roles', width: 1280, height: 900, path: '/admin/access/', signedIn: true },
    ready: async (page) => {
      await page.getByRole('button', { name: /^Receptionist/ }).click();
      await page.getByText('All of it').click();
    },
  },
  {
    ...{ name: 'assistant-departments', width: 1024, height: 768, path: '/welcome/', signedIn: true },
    ready: (page) => page.getByRole('heading', { name: 'Departments' }).waitFor(),
  },
  {
    ...{ name: 'wallboard', width: 1280, height: 720, path: () => `/board/#${boardToken}`, signedIn: false },
    ready: (page) => page.getByText('Fire drill at 15:00').waitFor(),
  },
];

/** What an administrator of such an office would have set. Returns the token of a wallboard. */
async function furnish(request: APIRequestContext): Promise<string> {
  await request.post('/api/v1/login', { data: { ...admin } });
  const extension = (key: string, set: object) => ({ kind: 'extension', key, version: 0, set });
  const edits = [
    extension('102', { label: 'Sofia, front desk', colour: 'teal', tags: ['first aid'] }),
    extension('111', { tags: ['key accounts'], email: 'priya@example.com' }),
    extension('115', { tags: ['key accounts'] }),
  ];
  const users = [
    { username: 'sofia', name: 'Sofia Lindqvist', role: 'receptionist', extension: '102' },
    { username: 'tomas', name: 'Tomás Herrera', role: 'receptionist', extension: '103' },
  ];
  for (const user of users) await request.post('/api/v1/admin/users', { data: { ...user, email: null } });
  const passed = { passed: ['account', 'pbx'], dismissed: [], finished: false };
  const saved = await request.patch('/api/v1/admin/buttons', { data: { edits } });
  const begun = await request.put('/api/v1/admin/setup', { data: { version: 0, settings: passed } });
  const made = await request.post('/api/v1/admin/boards', { data: { settings: wallboard, expiresAt: null } });
  for (const answer of [saved, begun, made]) if (!answer.ok()) throw new Error(await answer.text());
  return (await made.json()).token;
}

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
  await page.goto(typeof address === 'string' ? address : address());
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
const office = await browser.newContext({ baseURL: server.url });
const boardToken = await furnish(office.request);
await office.close();
try {
  console.log('The office opens; the pictures are taken in a minute.');
  await new Promise((resolve) => setTimeout(resolve, lifeMs));
  for (const picture of pictures) await take(picture, { baseURL: server.url });
} finally {
  await browser.close();
  await server.remove();
}
