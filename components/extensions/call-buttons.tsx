'use client';

import { useActionContext } from '../actions/use-action-context';
import { useMyCalls } from '../calls/use-my-calls';
import { personCallChoices } from '../menus/person-choices';
import { Button } from '../ui/button';

/** The actions of the menu in a word each, where there are many beside each other. */
const words: Readonly<Record<string, string>> = {
  'extension.call': 'Call',
  'call.transferTo': 'Transfer here',
  'call.consultTo': 'Ask first',
  'call.voicemailTo': 'To voicemail',
  'extension.pickup': 'Pick up',
  'extension.listen': 'Listen',
  'extension.whisper': 'Whisper',
  'extension.barge': 'Speak with both',
  'extension.record': 'Record',
  'extension.hangup': 'Hang up',
};

/** What can be done with the phone and the calls of a person. */
export function CallButtons({ number }: { readonly number: string }) {
  const context = useActionContext();
  useMyCalls();
  const choices = personCallChoices(number, context);
  if (choices.length === 0) return null;
  return (
    <section aria-label="Calls with this person" className="flex flex-wrap gap-1.5">
      {choices.map(({ id, icon: Icon, label, reason, run }) => (
        <Button
          key={id}
          size="small"
          icon={<Icon aria-hidden className="size-3.5" />}
          aria-disabled={reason !== null || undefined}
          title={reason ?? label}
          onClick={() => reason === null && run()}
        >
          {words[id] ?? label}
        </Button>
      ))}
    </section>
  );
}
