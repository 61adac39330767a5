import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppearanceSettings, defaultAppearance } from '../../protocol/appearance';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let admin: { cookie: string };
beforeEach(async () => {
  panel = await startPanel();
  admin = await panel.signIn('boss', 'admin');
});
afterEach(() => panel?.close());

const path = '/api/v1/appearance';
const get = (url: string, headers: Record<string, string> = {}) => panel.app.inject({ method: 'GET', url, headers });
async function save(
  settings: Partial<AppearanceSettings> | Record<string, unknown>,
  version = 0,
  cookie = admin.cookie,
) {
  const body = { version, settings: { ...defaultAppearance, ...settings } };
  const answer = await panel.app.inject({
    ...{ method: 'PUT', url: '/api/v1/admin/appearance', headers: { cookie }, body },
  });
  return { status: answer.statusCode, json: answer.json() };
}

/** A PNG as its first bytes tell. */
function png(width: number, height: number): string {
  const head = Buffer.alloc(33);
  head.write('\x89PNG\r\n\x1a\n', 'latin1');
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head.toString('base64');
}
const picture = { type: 'image/png' as const, data: png(120, 40) };
const text = (data: string) => ({ type: 'image/png', data: Buffer.from(data).toString('base64') });

describe('the appearance', () => {
  it('is the panel’s own at first, for everybody, and asked for again only when it changed', async () => {
    const answer = await get(path);
    const { name, accent, locale } = defaultAppearance;
    expect(answer.json()).toEqual({ version: 0, name, accent, locale, logo: null, icon: null });
    const etag = String(answer.headers.etag);
    expect((await get(path, { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await save({ name: 'Berg & Söhne' })).status).toBe(200);
    expect((await get(path, { 'if-none-match': etag })).json()).toMatchObject({ version: 1, name: 'Berg & Söhne' });
    expect((await get(`${path}/logo`)).statusCode).toBe(404);
  });

  it('is a style sheet and a script that nothing breaks out of', async () => {
    await save({ name: '</script>";alert(1)//', accent: { light: '#8A1538', dark: '#ff9db4' } });
    const style = await get(`${path}/style.css`);
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style.body).toContain('html:root{--c-accent:#8a1538;--c-accent-ink:#ffffff;--c-focus:#8a1538}');
    expect(style.body).toContain('html:root[data-theme="dark"]{--c-accent:#ff9db4;--c-accent-ink:#0b1220');
    const script = await get(`${path}/start.js`);
    const place: { cordboardAppearance?: { name: string } } = {};
    new Function('globalThis', script.body)(place);
    expect(place.cordboardAppearance?.name).toBe('</script>";alert(1)//');
  });

  it('serves the pictures as what they are, and nothing that runs', async () => {
    await save({ logo: picture });
    const { logo } = (await get(path)).json();
    const answer = await get(logo);
    expect(answer.rawPayload).toEqual(Buffer.from(picture.data, 'base64'));
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get(`${path}/logo?v=0`)).headers['cache-control']).toBe('public, no-cache');
  });

  it.each([
    ['settings.accent.light', { accent: { light: '#ffd400', dark: '#ffd400' } }, '4.5 : 1 is needed'],
    ['settings.accent.dark', { accent: { light: '#2f5bd7', dark: '#2f5bd7' } }, 'on dark grounds'],
    ['settings.accent.light', { accent: { light: 'red;}', dark: '#7fa2ff' } }, 'use a colour like'],
    [
      'settings.logo',
      { logo: text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
      'SVG can hold scripts',
    ],
    ['settings.logo', { logo: text('hello') }, 'not a PNG, JPEG or WebP'],
    ['settings.logo', { logo: { ...picture, type: 'image/webp' } }, 'but it is image/png'],
    ['settings.logo', { logo: { ...picture, data: png(9_000, 10) } }, 'at most 4096'],
    ['settings.icon.data', { icon: { ...picture, data: 'A'.repeat(100_000) } }, 'at most 64 kB'],
    ['settings.logo.type', { logo: { ...picture, type: 'image/svg+xml' } }, 'PNG, JPEG or WebP'],
    ['settings.locale', { locale: 'klingon' }, 'not a language'],
    ['settings.name', { name: '  ' }, 'enter a name'],
  ])('names what is wrong: %s', async (field, change, words) => {
    const { status, json } = await save(change);
    expect([status, json.field]).toEqual([400, field]);
    expect(json.message).toContain(words);
    expect((await get(path)).json().version).toBe(0);
  });

  it('is changed by administrators, over the version that was edited', async () => {
    const otto = await panel.signIn('otto', 'supervisor');
    expect((await save({}, 0, otto.cookie)).status).toBe(403);
    expect((await save({ locale: 'de-DE' })).json).toMatchObject({ version: 1, settings: { locale: 'de-DE' } });
    expect((await save({ locale: 'en-US' })).status).toBe(409);
  });
});
