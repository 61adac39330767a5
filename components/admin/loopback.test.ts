import { describe, expect, it } from 'vitest';
import { isLoopback } from './loopback';

describe('isLoopback', () => {
  it.each(['localhost', 'panel.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('knows %s', (name) => {
    expect(isLoopback(name)).toBe(true);
  });
  it.each(['panel.example', '192.0.2.10', '127.0.0.1.example.com', 'notlocalhost', '[2001:db8::1]'])(
    'leaves %s',
    (name) => {
      expect(isLoopback(name)).toBe(false);
    },
  );
});
