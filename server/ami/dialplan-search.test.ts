import { describe, expect, it } from 'vitest';
import { extensionRunning } from './dialplan-search';
import { AmiRefusedError } from './errors';
import { messageOf } from './testing';
import type { AmiFields, AmiPort } from './types';

/** A dialplan by context; every look at it is kept. */
function dialplan(contexts: Readonly<Record<string, readonly string[]>>): AmiPort & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    status: { state: 'ready', since: 0, failure: null, amiVersion: null },
    action: () => Promise.reject(new Error('not asked')),
    async *list(_: string, { Context }: AmiFields = {}) {
      asked.push(String(Context));
      const items = contexts[String(Context)];
      if (!items) throw new AmiRefusedError('ShowDialPlan', `Did not find context ${Context}`);
      for (const item of items) yield messageOf(`Event: ListDialplan\r\n${item.replaceAll('; ', '\r\n')}\r\n\r\n`);
    },
  };
}

const support = { application: 'Queue', argument: 'support' };

describe('the extension that leads to a queue', () => {
  it('is found through includes, and by its whole name', async () => {
    const plan = dialplan({
      inside: [
        'Context: inside; IncludeContext: queues',
        'Context: inside; IncludeContext: missing',
        'Context: inside; Extension: _1XX; Priority: 1; Application: Queue; AppData: support',
      ],
      queues: [
        'Extension: 601; Priority: 1; Application: Answer; AppData: ',
        'Extension: 600; Priority: 2; Application: Queue; AppData: support2,tT',
        'Extension: 601; Priority: 2; Application: Queue; AppData: support,tT',
        'Extension: 602; Priority: 2; Application: Queue; AppData: support',
        'IncludeContext: inside',
      ],
    });
    expect(await extensionRunning(plan, 'inside', support)).toBe('601');
    expect(plan.asked).toEqual(['inside', 'queues']);
  });

  it('is none where nothing leads there, however the contexts include each other', async () => {
    const plan = dialplan({ a: ['IncludeContext: b'], b: ['IncludeContext: a', 'IncludeContext: gone'] });
    expect(await extensionRunning(plan, 'a', support)).toBeNull();
    expect(plan.asked).toEqual(['a', 'b', 'gone']);
  });
});
