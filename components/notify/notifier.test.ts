import { beforeEach, describe, expect, it } from 'vitest';
import { defaultLayout } from '@/server/protocol/layout-default';
import type { Alert } from './alerts';
import { type Moment, Notifier } from './notifier';

const call: Alert = { id: 'incoming 1', kind: 'incoming', title: 'Maria calls', text: '', call: '1' };
const waits: Alert = { id: 'waiting 2', kind: 'waiting', title: 'Erik waits', text: '', call: null };
const preferences = { ...defaultLayout.console.notify, desktop: true };

let rings: boolean;
let chimes: number;
let open: string[];
let title: string | null;
let said: string[];
let notifier: Notifier;

const calm: Moment = { alerts: [], preferences, leads: true, lookedAt: false, waking: false };
const so = (change: Partial<Moment>) => notifier.update({ ...calm, ...change });

beforeEach(() => {
  rings = false;
  chimes = 0;
  open = [];
  title = null;
  said = [];
  notifier = new Notifier({
    ringer: {
      keepRinging: () => {
        rings = true;
      },
      stopRinging: () => {
        rings = false;
      },
      chime: () => {
        chimes += 1;
      },
    },
    notice: ({ id }) => {
      open.push(id);
      const close = () => {
        open = open.filter((one) => one !== id);
      };
      return { close };
    },
    title: (text) => {
      title = text;
    },
    say: (words, urgent) => void said.push(urgent ? `${words}!` : words),
  });
  so({});
});

describe('the ring', () => {
  it('lasts as long as the state says', () => {
    so({ alerts: [call] });
    expect([rings, title]).toEqual([true, '(1) Maria calls']);
    so({});
    expect([rings, title]).toEqual([false, null]);
  });

  it('is off where sound is off, in all windows but one, and while the machine wakes up', () => {
    for (const change of [{ preferences: { ...preferences, sound: false } }, { leads: false }, { waking: true }]) {
      so({ alerts: [call], ...change });
      expect(rings).toBe(false);
      expect(title).toBe('(1) Maria calls');
    }
    so({ alerts: [call] });
    expect(rings).toBe(true);
    so({ alerts: [call], leads: false });
    expect(rings).toBe(false);
  });
});

describe('the chime', () => {
  it('sounds once for each thing that begins, and never for a ring', () => {
    so({ alerts: [waits] });
    so({ alerts: [waits] });
    expect(chimes).toBe(1);
    so({ alerts: [waits, call] });
    expect(chimes).toBe(1);
    so({});
    so({ alerts: [waits] });
    expect(chimes).toBe(2);
  });

  it('does not sound for what was so at the first look, and waits until the machine is awake', () => {
    notifier = new Notifier({
      ringer: {
        keepRinging: () => {},
        stopRinging: () => {},
        chime: () => {
          chimes += 1;
        },
      },
      notice: () => null,
      title: () => {},
      say: () => {},
    });
    so({ alerts: [waits] });
    expect(chimes).toBe(0);
    so({ alerts: [] });
    so({ alerts: [waits], waking: true });
    expect(chimes).toBe(0);
    so({ alerts: [waits] });
    expect(chimes).toBe(1);
  });
});

describe('notifications on the desktop', () => {
  it('are there while the alert is, once', () => {
    so({ alerts: [call, waits] });
    so({ alerts: [call, waits] });
    expect(open).toEqual(['incoming 1', 'waiting 2']);
    so({ alerts: [waits] });
    expect(open).toEqual(['waiting 2']);
    so({});
    expect(open).toEqual([]);
  });

  it('are not shown to who looks at the panel; a call that rings on is, once they look away', () => {
    so({ alerts: [call, waits], lookedAt: true });
    expect(open).toEqual([]);
    so({ alerts: [call, waits] });
    expect(open).toEqual(['incoming 1']);
  });

  it('are closed when they are switched off, or another window leads', () => {
    so({ alerts: [call] });
    so({ alerts: [call], leads: false });
    expect(open).toEqual([]);
    so({ alerts: [call], preferences: { ...preferences, desktop: false } });
    expect(open).toEqual([]);
  });
});

it('tells a screen reader once of what begins, urgently of a call that came back', () => {
  const back: Alert = { id: 'returned 3', kind: 'returned', title: 'Maria is back', text: 'Erik is busy', call: '3' };
  so({ alerts: [call, waits, back] });
  so({ alerts: [call, waits, back] });
  expect(said).toEqual(['Erik waits. ', 'Maria is back. Erik is busy!']);
});

it('stops everything at the end', () => {
  so({ alerts: [call] });
  notifier.stop();
  expect([rings, title, open]).toEqual([false, null, []]);
});
