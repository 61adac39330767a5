import type { AuditRecord } from '@/server/protocol/admin';
import { Badge } from '../../ui/badge';
import { actionWords, resultWords } from './audit-words';

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

/** On a narrow screen the columns move under the action. */
export function AuditTable({ entries }: { readonly entries: readonly AuditRecord[] }) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Audit log, newest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={`${head} max-md:hidden`}>
            Time
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            Who
          </th>
          <th scope="col" className={head}>
            What
          </th>
          <th scope="col" className={`${head} max-lg:hidden`}>
            From
          </th>
          <th scope="col" className={head}>
            Result
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry }: { readonly entry: AuditRecord }) {
  const { good, words } = resultWords(entry.result);
  const at = <time dateTime={entry.at}>{time.format(Date.parse(entry.at))}</time>;
  const who = entry.actor || 'Not signed in';
  return (
    <tr className="border-b border-line last:border-0">
      <td className={`${cell} whitespace-nowrap tabular-nums text-ink-2 max-md:hidden`}>{at}</td>
      <td className={`${cell} max-w-40 truncate max-md:hidden ${entry.actor ? '' : 'text-ink-3'}`}>{who}</td>
      <td className={`${cell} max-md:w-full`}>
        <span title={entry.action} className="block text-ink">
          {actionWords(entry.action)}
        </span>
        <span className="block break-words text-[0.8125rem] text-ink-2 [overflow-wrap:anywhere]">{entry.target}</span>
        <span className="block text-xs text-ink-2 md:hidden">
          {who} · {at}
        </span>
        <span className="block text-xs text-ink-2 lg:hidden">{entry.address}</span>
      </td>
      <td className={`${cell} whitespace-nowrap font-mono text-xs leading-5 text-ink-2 max-lg:hidden`}>
        {entry.address}
      </td>
      <td className={cell}>
        <Badge tone={good ? 'neutral' : 'warn'}>
          <span className="max-w-28 truncate sm:max-w-60" title={words}>
            {words}
          </span>
        </Badge>
      </td>
    </tr>
  );
}
