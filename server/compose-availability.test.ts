import { describe, expect, it } from 'vitest';
import { announcedForward } from './compose-availability';
import type { HeldEvent } from './pbx/events';

const rules = {
  whyNotForward: (_number: string, to: string) => (to.startsWith('0900') ? 'Not to there.' : null),
  forwardedTo: (number: string) => (number === '102' ? '0900123' : null),
};
const said = (more: Partial<HeldEvent>): HeldEvent => ({
  type: 'held',
  at: 1,
  backend: 'fop2',
  number: '101',
  slot: 'cust',
  held: '0900123',
  ...more,
});

describe('a forwarding that FOP2 announces', () => {
  it('is held to the number rules (F1)', () => {
    expect(announcedForward(said({}), rules)).toEqual({ number: '101', words: 'Not to there.' });
    expect(announcedForward(said({ held: '102' }), rules)).toBeNull();
    expect(announcedForward(said({ held: '' }), rules)).toBeNull();
  });

  it('that is there already is our own word, or no news: it is not judged again (F2)', () => {
    expect(announcedForward(said({ number: '102' }), rules)).toBeNull();
    expect(announcedForward(said({ number: '102', held: '0900124' }), rules)).not.toBeNull();
  });

  it('is none of AstDB, nor a state (F2)', () => {
    expect(announcedForward(said({ backend: 'astdb', slot: 'always' }), rules)).toBeNull();
    expect(announcedForward(said({ slot: 'event' }), rules)).toBeNull();
    expect(announcedForward({ type: 'tick', at: 1 }, rules)).toBeNull();
  });
});
