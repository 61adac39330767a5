import type { Handler } from '../executor';
import { fail } from '../failures';
import { type Involved, mayTouch, seesAny } from '../reach';
import { refuse } from './plan';

/** Where notes on calls are kept. */
export interface NotesPort {
  /** Who takes part in a call that runs, or took part in one that is over; null: there is no such call. */
  involved(call: string): Promise<Involved | null>;
  /** An empty text removes the note. `at`: epoch ms. */
  put(call: string, note: { readonly by: string; readonly at: number; readonly text: string }): Promise<void>;
}

/** Writes down what a call was about. The PBX has no part in it; the audit log does not repeat the text. */
export function noteHandler(notes: NotesPort): Handler<'call.note'> {
  return {
    target: ({ call }) => call,
    authorise: () => null,
    needsPbx: false,
    async act({ call, text }, { actor, model, now }) {
      const involved = await notes.involved(call);
      if (involved === null || !seesAny(actor, involved, model))
        refuse(fail('notFound', 'There is no such call.', 'call'));
      if (!mayTouch(actor, 'callhistory', involved, model)) {
        refuse(fail('forbidden', 'You may write notes on calls of your own groups only.', 'call'));
      }
      await notes.put(call, { by: actor.name, at: now(), text });
      return { remark: text === '' ? 'removed' : `${text.length} characters` };
    },
  };
}
