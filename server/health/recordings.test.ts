import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRecording } from '../protocol/recording-default';
import { findRecordings, removeRecordings, shapeOf } from './recordings';

let home: string;
const now = Date.parse('2026-03-01T12:00:00Z');
const day = 24 * 60 * 60_000;
const before = now - 30 * day;
const query = (template = defaultRecording.template) => ({
  folder: path.join(home, 'monitor'),
  settings: { template },
  before,
});

function file(name: string, ageDays: number): string {
  const full = path.join(home, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, 'x'.repeat(100));
  utimesSync(full, new Date(now - ageDays * day), new Date(now - ageDays * day));
  return full;
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'cordboard-recordings-'));
  mkdirSync(path.join(home, 'monitor'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const ours = (uniqueid: string) => `cordboard-20260101-120000-101-+4930-none-anna-${uniqueid}.wav`;

describe('recordings that are too old', () => {
  it('are those of this panel alone, and of the PBX nothing else', async () => {
    const old = file(`monitor/${ours('1767268800.1')}`, 31);
    const young = file(`monitor/${ours('1767268800.2')}`, 29);
    const others = [
      file('monitor/q-600-101-20260101-120000-1767268800.3.wav', 400),
      file('monitor/2026/01/01/out-101-20260101-120000-1.wav', 400),
      file(`monitor/sub/${ours('1767268800.4')}`, 400),
      file(`monitor/${ours('1767268800.5')}.txt`, 400),
      file('monitor/panel.db', 400),
    ];
    expect(await findRecordings(query())).toEqual({ total: 2, old: 1, bytes: 100, oldest: now - 31 * day });
    expect(await removeRecordings(query())).toBe(1);
    expect(existsSync(old)).toBe(false);
    for (const kept of [young, ...others]) expect(existsSync(kept), kept).toBe(true);
  });

  it('are never looked for, or removed, behind a link', async () => {
    const outside = file(`elsewhere/${ours('1767268800.1')}`, 400);
    symlinkSync(outside, path.join(home, `monitor/${ours('1767268800.2')}`));
    symlinkSync(path.join(home, 'elsewhere'), path.join(home, 'monitor/20260101'));
    const template = '{date}/cordboard-{date}-{time}-{from}-{to}-{queue}-{by}-{uniqueid}';
    for (const one of [query(), query(template)]) {
      expect(await findRecordings(one)).toMatchObject({ total: 0 });
      expect(await removeRecordings(one)).toBe(0);
    }
    expect(existsSync(outside)).toBe(true);
    expect(existsSync(path.join(home, `monitor/${ours('1767268800.2')}`))).toBe(true);
  });

  it('go with the folder of a day that is empty then', async () => {
    file('monitor/20260101/120000-1767268800.1.wav', 60);
    file('monitor/20260102/120000-1767268800.2.wav', 60);
    const kept = file('monitor/20260102/120001-1767268800.3.gsm', 2);
    expect(await removeRecordings(query('{date}/{time}-{uniqueid}'))).toBe(2);
    expect(existsSync(path.join(home, 'monitor/20260101'))).toBe(false);
    expect(existsSync(kept)).toBe(true);
  });

  it('cannot be told where there is no folder, or it is the whole disk', async () => {
    await expect(findRecordings({ ...query(), folder: path.join(home, 'nowhere') })).rejects.toThrow(
      /There is no folder/,
    );
    await expect(removeRecordings({ ...query(), folder: '/' })).rejects.toThrow(/the whole disk/);
    await expect(findRecordings({ ...query(), folder: file('plain', 1) })).rejects.toThrow(/no folder/);
  });
});

it('the shape of a template takes its dots and pluses as they are', () => {
  const shape = shapeOf('a.b+c/{time}-{uniqueid}');
  expect(shape.test('a.b+c/120000-1.2.wav')).toBe(true);
  expect(shape.test('aXb+c/120000-1.2.wav')).toBe(false);
  expect(shape.test('a.bbc/120000-1.2.wav')).toBe(false);
  expect(shape.test('a.b+c/120000-../../x.wav')).toBe(false);
  const called = shapeOf('{from}-{time}-{uniqueid}');
  expect(called.test('+4930-120000-1.2.wav')).toBe(true);
  for (const from of ['1.2', 'a'.repeat(41)]) expect(called.test(`${from}-120000-1.2.wav`)).toBe(false);
});
