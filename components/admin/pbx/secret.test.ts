import { describe, expect, it } from 'vitest';
import { managerConf, permitAddress, randomSecret, shellCommand } from './secret';

describe('the suggested secret', () => {
  it('has 32 letters and digits, whatever the random bytes', () => {
    let turn = 0;
    const secret = randomSecret((bytes) => {
      turn += 1;
      return bytes.map((_, i) => (turn === 1 ? 255 - (i % 2) * 200 : i * 7));
    });
    expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(turn).toBeGreaterThan(1);
  });

  it('makes every letter equally likely', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      // Bytes that are turned down leave the first place to the zeros after them, which are letters `A`.
      const [first = ''] = randomSecret((bytes) => bytes.map((_, i) => (i === 0 ? byte : 0)));
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    counts.delete('A');
    expect([...counts.values()]).toEqual(Array(56).fill(4));
  });
});

it('suggests the address of the browser only where the PBX may see the same', () => {
  expect(permitAddress('192.168.1.20')).toBe('192.168.1.20');
  for (const name of [
    'localhost',
    '127.0.0.1',
    '127.1.2.3',
    '0.0.0.0',
    'panel.example',
    '999.1.1.1',
    '[::1]',
    '10.0.0',
  ])
    expect(permitAddress(name), name).toBeNull();
});

it('writes the account with the classes that are needed and no others', () => {
  expect(managerConf({ username: 'cordboard', secret: 'S', permit: '10.0.0.5' })).toBe(
    [
      '[cordboard]',
      'secret = S',
      'deny = 0.0.0.0/0.0.0.0',
      "permit = 10.0.0.5/255.255.255.255   ; the panel's address",
      'read = call,agent,user,system,reporting',
      'write = call,agent,originate,user,reporting,system',
    ].join('\n'),
  );
});

it('lets nobody do anything when only watching is wanted, and knows addresses of both kinds', () => {
  const conf = managerConf({ username: 'cordboard', secret: 'S', permit: '2001:db8::5', access: 'watching' });
  expect(conf.split('\n')).toEqual([
    '[cordboard]',
    'secret = S',
    'deny = 0.0.0.0/0.0.0.0',
    'deny = ::/0',
    "permit = 2001:db8::5/128   ; the panel's address",
    'read = call,agent,user,system,reporting',
    'write = reporting',
  ]);
});

it('makes one command of it, for the file that the PBX keeps', () => {
  expect(shellCommand('[a]\nsecret = S', 'freepbx')).toBe(
    "cat >> /etc/asterisk/manager_custom.conf <<'END'\n\n[a]\nsecret = S\nEND\nasterisk -rx 'manager reload'",
  );
});
