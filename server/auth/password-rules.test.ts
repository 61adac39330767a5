import { describe, expect, it } from 'vitest';
import { whyWeak } from './password-rules';

const own = ['anna.berg', 'Anna Berg', 'anna@example.com', '201', 'Fabrikam Clinics'];
const weak = (password: string, minLength = 10) => whyWeak(password, minLength, own);

describe('a password', () => {
  it('has to be as long as the settings say, counted in characters', () => {
    expect(weak('nine char')).toContain('at least 10 characters');
    expect(weak('a passphrase of mine', 30)).toContain('at least 30 characters');
    expect(weak('🐎🔋📎🌳🎻🚲🍋🧭🪁🥁')).toBeNull();
  });

  it('is not one that attackers try first, nor one dressed up', () => {
    for (const password of [
      '1q2w3e4r5t',
      'Football2026!',
      'P@ssw0rd123',
      'iloveyou!!!',
      '!!basketball!!',
      'qwerty123456',
      'i love you 123',
    ]) {
      expect([password, weak(password)]).toEqual([password, expect.any(String)]);
    }
  });

  it('is not repetition or a row of keys', () => {
    for (const password of [
      'aaaaaaaaaaaa',
      'abcabcabcabcabc',
      'asdfghjkl;;;;',
      '0987654321098',
      'abcdefghijklmnop',
      'x1x1x1x1x1x1',
    ]) {
      expect([password, weak(password)]).toEqual([password, expect.any(String)]);
    }
  });

  it('is not one’s name, the company’s or the product’s with little around it', () => {
    for (const password of [
      'annaberg2026',
      'FabrikamClinics1',
      'Anna.Berg!!1',
      'fabrikam2026',
      'Clinics Fabrikam',
      'cordboard-1a',
      'Asterisk!123',
    ]) {
      expect([password, weak(password)]).toEqual([password, expect.any(String)]);
    }
  });

  it('may be any words that do not belong together, without rules of composition', () => {
    for (const password of [
      'correct horse battery',
      'correct horse battery staple',
      'secret of anna',
      'eleven wet umbrellas',
      'anna rides violet tractors',
      'gM7-xK2-pQ9-vT4',
      'ünïcödé gärten',
    ]) {
      expect([password, weak(password)]).toEqual([password, null]);
    }
  });
});
