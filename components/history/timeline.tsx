import type { FeatureChange } from '@/server/protocol/availability';
import { timeText, untilText } from '../live/clock-text';
import { ChangeMark, ChangeValue } from './change-mark';
import { byDay, featureWords, sourceWords } from './history-words';

/** What was changed, day by day, newest first. `now`: epoch ms, for the names of the days. */
export function Timeline({ changes, now }: { readonly changes: readonly FeatureChange[]; readonly now: number }) {
  return (
    <div className="flex flex-col gap-4">
      {byDay(changes, now).map(({ words, changes: ofDay }) => (
        <section key={words} aria-label={words}>
          <h3 className="sticky top-0 z-10 bg-raised py-1 text-xs font-semibold text-ink-2">{words}</h3>
          <ol className="flex flex-col">
            {ofDay.map((change) => (
              <Entry key={change.id} change={change} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Entry({ change }: { readonly change: FeatureChange }) {
  const { at, feature, note, until } = change;
  return (
    <li className="flex gap-3 border-b border-line py-2 text-[0.8125rem] leading-5 last:border-0">
      <time dateTime={at} className="w-14 shrink-0 tabular-nums text-ink-2">
        {timeText(Date.parse(at))}
      </time>
      <span className="mt-0.5">
        <ChangeMark change={change} />
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap gap-x-2">
          <span className="font-medium text-ink">{featureWords[feature]}</span>
          <span>
            <ChangeValue change={change} />
          </span>
        </p>
        <p className="text-xs text-ink-2">
          {sourceWords(change)}
          {until ? `, until ${untilText(Date.parse(until), Date.parse(at))}` : ''}
        </p>
        {note ? <p className="text-xs text-ink">“{note}”</p> : null}
      </div>
    </li>
  );
}
