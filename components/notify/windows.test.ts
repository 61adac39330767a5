import { beforeEach, expect, it } from 'vitest';
import { Windows } from './windows';

let clock = 0;
let open: Map<string, Windows>;

/** Opens a window; all of them hear each other. */
function opened(id: string): Windows {
  const windows = new Windows({
    id,
    now: () => clock,
    post: (news) => {
      for (const [other, one] of open) if (other !== id) one.hear(news);
    },
  });
  open.set(id, windows);
  return windows;
}

const leaders = () => [...open].filter(([, one]) => one.leads).map(([id]) => id);

beforeEach(() => {
  clock = 0;
  open = new Map();
});

it('a window alone leads', () => {
  opened('b').tell(false, false);
  expect(leaders()).toEqual(['b']);
});

it('of several exactly one leads, whatever the order in which they come', () => {
  for (const id of ['c', 'a', 'b']) {
    opened(id).tell(true, false);
    expect(leaders()).toHaveLength(1);
  }
  expect(leaders()).toEqual(['a']);
});

it('one that can make sounds goes before one that cannot', () => {
  opened('a').tell(false, false);
  opened('b').tell(true, false);
  expect(leaders()).toEqual(['b']);
  open.get('a')?.tell(true, false);
  expect(leaders()).toEqual(['a']);
});

it('a closed window hands over at once, a lost one after some seconds', () => {
  const first = opened('a');
  first.tell(true, false);
  const second = opened('b');
  second.tell(true, false);
  first.leave();
  open.delete('a');
  expect(leaders()).toEqual(['b']);
  opened('a').tell(true, false);
  expect(leaders()).toEqual(['a']);
  open.delete('a');
  clock += 6_001;
  expect(leaders()).toEqual(['b']);
});

it('a window whose timers sleep answers, and stays known', () => {
  opened('a').tell(true, false);
  const second = opened('b');
  for (let i = 0; i < 10; i += 1) {
    clock += 2_000;
    second.tell(true, false);
    expect(leaders()).toEqual(['a']);
  }
});

it('knows whether any of them is looked at', () => {
  opened('a').tell(true, false);
  const second = opened('b');
  second.tell(true, true);
  expect(open.get('a')?.lookedAt).toBe(true);
  second.tell(true, false);
  expect(open.get('a')?.lookedAt).toBe(false);
});
