import { CircleCheck, CircleX, Info } from 'lucide-react';
import type { SignInTest, TestStep } from '@/server/protocol/sign-in';
import { Callout } from '../../ui/callout';

const marks: Readonly<
  Record<TestStep['state'], { readonly words: string; readonly icon: typeof Info; readonly look: string }>
> = {
  good: { words: 'Good: ', icon: CircleCheck, look: 'text-free-ink' },
  note: { words: 'Note: ', icon: Info, look: 'text-ink-2' },
  bad: { words: 'Wrong: ', icon: CircleX, look: 'text-dnd-ink' },
};

/** What a try came to, step by step, in words. */
export function TestSteps({ result }: { readonly result: SignInTest }) {
  return (
    <Callout>
      <p className="font-semibold">{result.ok ? 'It works' : 'It does not work yet'}</p>
      <ol className="mt-1 flex flex-col gap-1">
        {result.steps.map(({ state, text }) => {
          const { words, icon: Icon, look } = marks[state];
          return (
            <li key={text} className="flex items-start gap-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="sr-only">{words}</span>
                {text}
              </span>
            </li>
          );
        })}
      </ol>
    </Callout>
  );
}
