import type { FeatureChange } from '@/server/protocol/availability';
import { ChangeMark, ChangeValue } from '../../history/change-mark';
import { featureWords, sourceWords } from '../../history/history-words';
import { untilText } from '../../live/clock-text';

const time = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const head = 'h-9 px-3 text-left text-xs font-medium text-ink-2';
const cell = 'px-3 py-2 align-top';

interface HistoryTableProps {
  readonly changes: readonly FeatureChange[];
  /** Of the extensions there are now, by number. */
  readonly names: ReadonlyMap<string, string>;
}

/** On a narrow screen the columns move under the change. */
export function HistoryTable({ changes, names }: HistoryTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Changes of availability, newest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={`${head} max-md:hidden`}>
            Time
          </th>
          <th scope="col" className={head}>
            Person
          </th>
          <th scope="col" className={head}>
            Change
          </th>
          <th scope="col" className={`${head} max-lg:hidden`}>
            How
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Row key={change.id} change={change} name={names.get(change.number) ?? ''} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ change, name }: { readonly change: FeatureChange; readonly name: string }) {
  const { number, feature, note, until } = change;
  const at = <time dateTime={change.at}>{time.format(Date.parse(change.at))}</time>;
  const how = sourceWords(change);
  return (
    <tr className="border-b border-line last:border-0">
      <td className={`${cell} whitespace-nowrap tabular-nums text-ink-2 max-md:hidden`}>{at}</td>
      <td className={`${cell} max-w-28 md:max-w-40`}>
        <span className="block truncate text-ink">{name || number}</span>
        {name ? <span className="block text-[0.8125rem] tabular-nums text-ink-2">{number}</span> : null}
      </td>
      <td className={`${cell} max-md:w-full`}>
        <span className="flex gap-2">
          <span className="mt-0.5">
            <ChangeMark change={change} />
          </span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="block text-ink">{featureWords[feature]}</span>
            <span className="block text-[0.8125rem]">
              <ChangeValue change={change} />
              {until ? (
                <span className="text-ink-2"> until {untilText(Date.parse(until), Date.parse(change.at))}</span>
              ) : null}
            </span>
            {note ? <span className="block text-[0.8125rem] text-ink">“{note}”</span> : null}
            <span className="block text-xs text-ink-2 lg:hidden">{how}</span>
            <span className="block text-xs text-ink-2 md:hidden">{at}</span>
          </span>
        </span>
      </td>
      <td className={`${cell} text-ink-2 max-lg:hidden`}>{how}</td>
    </tr>
  );
}
