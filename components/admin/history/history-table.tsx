import type { FeatureChange } from '@/server/protocol/availability';
import { ChangeMark, ChangeValue } from '../../history/change-mark';
import { featureWords, sourceWords } from '../../history/history-words';
import { untilText } from '../../live/clock-text';
import { logCell, logHead, logTime } from '../log-table';

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
          <th scope="col" className={`${logHead} max-md:hidden`}>
            Time
          </th>
          <th scope="col" className={logHead}>
            Person
          </th>
          <th scope="col" className={logHead}>
            Change
          </th>
          <th scope="col" className={`${logHead} max-lg:hidden`}>
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
  const at = <time dateTime={change.at}>{logTime.format(Date.parse(change.at))}</time>;
  const how = sourceWords(change);
  return (
    <tr className="border-b border-line last:border-0">
      <td className={`${logCell} whitespace-nowrap tabular-nums text-ink-2 max-md:hidden`}>{at}</td>
      <td className={`${logCell} max-w-28 md:max-w-40`}>
        <span className="block break-words text-ink md:truncate">{name || number}</span>
        {name ? <span className="block text-[0.8125rem] tabular-nums text-ink-2">{number}</span> : null}
      </td>
      <td className={`${logCell} max-md:w-full`}>
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
      <td className={`${logCell} text-ink-2 max-lg:hidden`}>{how}</td>
    </tr>
  );
}
