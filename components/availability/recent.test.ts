import { describe, expect, it } from 'vitest';
import { remembered } from './recent';

describe('recent messages', () => {
  it('puts the newest in front, each once, and no more than ten', () => {
    const ten = Array.from({ length: 10 }, (_, i) => `message ${i}`);
    expect(remembered(ten, 'message 4')).toEqual(['message 4', ...ten.filter((one) => one !== 'message 4')]);
    expect(remembered(ten, 'new')).toEqual(['new', ...ten.slice(0, 9)]);
  });
  it('remembers no empty message', () => expect(remembered(['a'], '')).toEqual(['a']));
});
