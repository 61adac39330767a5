import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff';
import { encodeAction } from './encode';
import { AmiFieldError, AmiUrlError } from './errors';
import { unescapeC } from './escape';
import { parseAmiUrl } from './url';

function fieldError(run: () => unknown): AmiFieldError {
  try {
    run();
  } catch (error) {
    if (error instanceof AmiFieldError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('encodeAction', () => {
  it('writes lines, repeats lists, leaves undefined out', () => {
    const bytes = encodeAction('Originate', 'id-1', {
      Channel: 'PJSIP/1',
      Async: true,
      Priority: 1,
      Variable: ['a=1', 'b=ü'],
      Cause: undefined,
      Data: '',
    });
    expect(bytes.toString('utf8')).toBe(
      'Action: Originate\r\nActionID: id-1\r\nChannel: PJSIP/1\r\nAsync: true\r\nPriority: 1\r\nVariable: a=1\r\nVariable: b=ü\r\nData: \r\n\r\n',
    );
  });

  it.each(['\r', '\n', '\0', '\r\n', '\x0b', '\x1b', '\x7f'])(
    'refuses %j in a value, in a list, in the name, in a key',
    (bad) => {
      expect(fieldError(() => encodeAction('Ping', 'i', { Exten: `1${bad}Action: Logoff` })).field).toBe('Exten');
      expect(fieldError(() => encodeAction('Ping', 'i', { Variable: ['a=1', `b=${bad}`] })).field).toBe('Variable');
      expect(fieldError(() => encodeAction(`Ping${bad}`, 'i')).field).toBe('Action');
      expect(fieldError(() => encodeAction('Ping', 'i', { [`Exten${bad}X`]: '1' })).message).not.toContain(bad);
    },
  );

  it('refuses bad names, ActionID and Action as fields, half characters and numbers that are none', () => {
    for (const name of ['', 'a b', 'a:b', ':', '-a', 'ü'])
      expect(fieldError(() => encodeAction('Ping', 'i', { [name]: '1' })).problem).toBe('is not a header name');
    expect(fieldError(() => encodeAction('Ping', 'i', { action: 'Logoff' })).field).toBe('action');
    expect(fieldError(() => encodeAction('Ping', 'i', { ActionID: 'x' })).field).toBe('ActionID');
    expect(fieldError(() => encodeAction('Ping', 'i', { A: '\ud83d' })).field).toBe('A');
    expect(fieldError(() => encodeAction('Ping', 'i', { A: Number.NaN })).field).toBe('A');
  });

  it('counts bytes, header name and CRLF included: 1,024 pass, 1,025 do not', () => {
    const room = 1_024 - 'Val: '.length - 2;
    expect(encodeAction('DBPut', 'i', { Val: 'x'.repeat(room) }).includes('x'.repeat(room))).toBe(true);
    expect(fieldError(() => encodeAction('DBPut', 'i', { Val: 'x'.repeat(room + 1) })).field).toBe('Val');
    expect(fieldError(() => encodeAction('DBPut', 'i', { Val: 'ü'.repeat(room / 2 + 1) })).field).toBe('Val');
  });

  it('counts headers: 128 lines pass, 129 do not', () => {
    const list = (n: number): string[] => Array.from({ length: n }, (_, i) => `a${i}=1`);
    expect(
      encodeAction('Originate', 'i', { Variable: list(126) })
        .toString()
        .split('\r\n'),
    ).toHaveLength(130);
    expect(fieldError(() => encodeAction('Originate', 'i', { Variable: list(127) })).field).toBe('Variable');
  });

  it('never repeats the value in the error', () => {
    expect(fieldError(() => encodeAction('Login', 'i', { Secret: 'hush\n' })).message).not.toContain('hush');
  });

  it('is one block of whole lines whatever passes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), (fields) => {
        let text: string;
        try {
          text = encodeAction('X', 'i', fields).toString('utf8');
        } catch (error) {
          expect(error).toBeInstanceOf(AmiFieldError);
          return;
        }
        expect(text.split(/\r|\n/).length).toBe((Object.keys(fields).length + 2 + 2) * 2 - 1);
      }),
    );
  });
});

describe('unescapeC', () => {
  const MAP: Record<string, string> = {
    '\x07': 'a',
    '\b': 'b',
    '\f': 'f',
    '\n': 'n',
    '\r': 'r',
    '\t': 't',
    '\v': 'v',
    '\\': '\\',
    "'": "'",
    '"': '"',
    '?': '?',
  };
  const escapeC = (text: string): string => [...text].map((char) => (char in MAP ? `\\${MAP[char]}` : char)).join('');

  it('undoes ast_escape_c exactly', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...Object.keys(MAP)), fc.constantFrom('n', 'r', 'a', 'ü', '😀')))
      .map((a) => a.join(''));
    fc.assert(
      fc.property(text, (plain) => {
        expect(unescapeC(escapeC(plain))).toBe(plain);
      }),
    );
  });

  it('keeps a backslash that escapes nothing', () => {
    expect(unescapeC('DOMAIN\\user')).toBe('DOMAIN\\user');
    expect(unescapeC('end\\')).toBe('end\\');
  });
});

describe('parseAmiUrl', () => {
  it('reads user, secret, host and port', () => {
    expect(parseAmiUrl('ami://panel:s3cret@pbx.example:5040')).toEqual({
      host: 'pbx.example',
      port: 5040,
      username: 'panel',
      secret: 's3cret',
    });
    expect(parseAmiUrl('ami://a%40b:p%3A%2F%3F%23%40@10.0.0.1')).toEqual({
      host: '10.0.0.1',
      port: 5038,
      username: 'a@b',
      secret: 'p:/?#@',
    });
    expect(parseAmiUrl('ami://u:a:b@[::1]:5038/')).toMatchObject({ host: '::1', secret: 'a:b' });
  });

  it('reads TLS settings', () => {
    const hex = 'AB'.repeat(32);
    expect(parseAmiUrl(`amis://u:s@h?fingerprint=${hex.match(/../g)?.join(':')}&ca=%2Fetc%2Fca.pem`)).toEqual({
      host: 'h',
      port: 5039,
      username: 'u',
      secret: 's',
      tls: { ca: '/etc/ca.pem', fingerprint: hex.toLowerCase() },
    });
    expect(parseAmiUrl('amis://u:s@h?insecure=1').tls).toEqual({ rejectUnauthorized: false });
    expect(parseAmiUrl('ami://u:s@h?plain=1').allowPlainLogin).toBe(true);
  });

  it.each([
    '',
    'http://u:hush@h',
    'ami://hush',
    'ami://:hush@h',
    'ami://u:hush@h:99999',
    'ami://u:hu%sh@h',
    'ami://u:hush?x@h',
    'ami://u:hush@h?foo=hush',
    'ami://u:hush@h?ca=x',
    'amis://u:hush@h?fingerprint=12',
    'ami://u:hush#x@h',
  ])('refuses %s without repeating the secret', (url) => {
    let caught: unknown;
    try {
      parseAmiUrl(url);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(AmiUrlError);
    expect(String(caught)).not.toMatch(/hush|hu%sh/);
  });
});

describe('Backoff', () => {
  it('doubles to a cap that leaves 5 s for a PBX that is back', () => {
    const backoff = new Backoff(() => 0.999);
    const waits = Array.from({ length: 8 }, () => backoff.next('refused'));
    expect(waits[0]).toBeLessThanOrEqual(300);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_400);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
  });

  it('spreads with the random given, and starts again after success', () => {
    const low = new Backoff(() => 0);
    expect([low.next('lost'), low.next('lost'), low.next('lost')]).toEqual([200, 400, 800]);
    low.reset();
    expect(low.next('lost')).toBe(200);
  });

  it('never tries a bad secret more often than every 30 s', () => {
    const backoff = new Backoff(() => 0);
    expect(backoff.next('badSecret')).toBe(30_000);
    expect(backoff.next('badSecret')).toBe(60_000);
    expect(backoff.next('refused')).toBe(200);
    expect(backoff.next('badSecret')).toBe(30_000);
  });
});
