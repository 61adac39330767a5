import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretKeyError } from './errors';
import { createSecretBox, loadKey } from './secrets';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'cordboard-secrets-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const key = (byte: number) => Buffer.alloc(32, byte);

describe('secrets', () => {
  it('opens what it sealed, never twice the same, and shows nothing of it', () => {
    const box = createSecretBox(key(1));
    const one = box.seal('s3cret påss', 'pbx');
    expect(box.seal('s3cret påss', 'pbx')).not.toBe(one);
    expect(one).not.toContain('s3cret');
    expect(box.open(one, 'pbx')).toBe('s3cret påss');
  });

  it('refuses another key, another place and every changed character', () => {
    const sealed = createSecretBox(key(1)).seal('s3cret', 'pbx');
    expect(() => createSecretBox(key(2)).open(sealed, 'pbx')).toThrow(/another key/);
    expect(() => createSecretBox(key(1)).open(sealed, 'sip')).toThrow(SecretKeyError);
    const body = sealed.lastIndexOf('.') + 1;
    for (let at = body; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => createSecretBox(key(1)).open(changed, 'pbx')).toThrow(SecretKeyError);
    }
    expect(() => createSecretBox(key(1)).open('', 'pbx')).toThrow(SecretKeyError);
  });

  it('makes a private key file once and keeps to it', () => {
    const file = path.join(home, 'data/secret.key');
    const made = loadKey(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadKey(file)).toEqual(made);
    expect(readFileSync(file, 'utf8').trim()).toBe(made.toString('hex'));
  });

  it('never replaces a damaged key file, and names a bad CORDBOARD_KEY without printing it', () => {
    const file = path.join(home, 'secret.key');
    writeFileSync(file, 'half a ke');
    expect(() => loadKey(file)).toThrow(/damaged/);
    expect(readFileSync(file, 'utf8')).toBe('half a ke');
    expect(loadKey(file, 'ab'.repeat(32))).toEqual(key(0xab));
    expect(() => loadKey(file, 'topsecret')).toThrow(/^(?!.*topsecret).*CORDBOARD_KEY must be/);
  });
});
