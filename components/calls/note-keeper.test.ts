import { beforeEach, expect, it } from 'vitest';
import type { CommandResult } from '@/server/protocol/commands';
import { NoteKeeper, type NoteKeeperPorts } from './note-keeper';

class Desk {
  readonly sent: { call: string; text: string }[] = [];
  readonly kept = new Map<string, string>();
  answers: CommandResult[] = [];
  #timers: { run: () => void; ms: number }[] = [];
  /** Set: the answer comes when it is called. */
  answerLater: (() => void) | null = null;
  slow = false;

  keeper(): NoteKeeper {
    const ports: NoteKeeperPorts = {
      command: async (_, params) => {
        this.sent.push(params);
        if (this.slow) await new Promise<void>((resolve) => (this.answerLater = resolve));
        return this.answers.shift() ?? { ok: true };
      },
      later: (run, ms) => {
        const timer = { run, ms };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((one) => one !== timer);
        };
      },
      storage: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => void this.kept.set(key, value),
        removeItem: (key) => void this.kept.delete(key),
      },
    };
    return new NoteKeeper(ports, 'greta');
  }

  get waits(): number[] {
    return this.#timers.map(({ ms }) => ms);
  }

  async pass(): Promise<void> {
    const due = this.#timers;
    this.#timers = [];
    for (const { run } of due) run();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const away: CommandResult = { ok: false, error: 'pbxAway', message: 'The panel server cannot be reached.' };
let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

it('saves once when the typing pauses', async () => {
  const notes = desk.keeper();
  for (const text of ['W', 'Wa', 'Wants']) notes.write('c1', text);
  expect(desk.sent).toEqual([]);
  await desk.pass();
  expect(desk.sent).toEqual([{ call: 'c1', text: 'Wants' }]);
  expect(notes.get('c1')).toEqual({ text: 'Wants', saved: 'Wants', state: 'saved', problem: null });
  expect(desk.kept.size).toBe(0);
});

it('sends nothing for what the server has', async () => {
  const notes = desk.keeper();
  notes.learn('c1', 'Wants');
  notes.write('c1', 'Wants ');
  await desk.pass();
  expect(desk.sent).toEqual([]);
  expect(notes.get('c1')?.state).toBe('saved');
});

it('tells why it is not saved, keeps it, and tries again', async () => {
  const notes = desk.keeper();
  desk.answers = [away];
  notes.write('c1', 'Wants');
  await desk.pass();
  expect(notes.get('c1')).toMatchObject({ text: 'Wants', state: 'failed', problem: away.message });
  expect([...desk.kept.values()]).toEqual(['{"c1":"Wants"}']);
  expect(desk.waits).toEqual([5_000]);
  await desk.pass();
  expect(notes.get('c1')?.state).toBe('saved');
});

it('does not ask again for what is refused for good, until the user does', async () => {
  const notes = desk.keeper();
  desk.answers = [{ ok: false, error: 'forbidden', message: 'Your account may not write notes.' }];
  notes.write('c1', 'Wants');
  await desk.pass();
  expect(desk.waits).toEqual([]);
  notes.flush('c1');
  await settled();
  expect(notes.get('c1')?.state).toBe('saved');
});

it('asks again for a while where the call is not known yet', async () => {
  const notes = desk.keeper();
  const unknown: CommandResult = { ok: false, error: 'notFound', message: 'There is no such call.' };
  desk.answers = Array.from({ length: 20 }, () => unknown);
  notes.write('c1', 'Wants');
  for (let i = 0; i < 20; i += 1) await desk.pass();
  expect(desk.sent).toHaveLength(12);
  expect(notes.get('c1')).toMatchObject({ text: 'Wants', state: 'failed', problem: 'There is no such call.' });
});

it('what is typed while it saves is saved after it', async () => {
  const notes = desk.keeper();
  desk.slow = true;
  notes.write('c1', 'One');
  await desk.pass();
  notes.write('c1', 'One two');
  desk.answerLater?.();
  await settled();
  expect(notes.get('c1')).toMatchObject({ text: 'One two', saved: 'One', state: 'waiting' });
  desk.slow = false;
  await desk.pass();
  expect(desk.sent.map(({ text }) => text)).toEqual(['One', 'One two']);
  expect(notes.get('c1')?.state).toBe('saved');
});

it('an answer from the server does not overwrite what is being written', () => {
  const notes = desk.keeper();
  notes.write('c1', 'Mine');
  notes.learn('c1', 'Theirs');
  expect(notes.get('c1')?.text).toBe('Mine');
});

it('a page that was closed too early saves it the next time', async () => {
  desk.keeper().write('c1', 'Wants');
  const again = desk.keeper();
  expect(again.get('c1')).toMatchObject({ text: 'Wants', state: 'waiting' });
  await desk.pass();
  expect(desk.sent.at(-1)).toEqual({ call: 'c1', text: 'Wants' });
});

it('a broken storage breaks nothing', () => {
  desk.kept.set('cordboard-notes-greta', '{"c1":');
  expect(desk.keeper().get('c1')).toBeUndefined();
});
