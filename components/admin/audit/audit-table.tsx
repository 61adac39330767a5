import type { AuditRecord } from '@/server/protocol/admin';
import { Badge } from '../../ui/badge';
import { logCell, logHead, logTime } from '../log-table';
import { actionWords, resultWords, whoWords } from './audit-words';

/** On a narrow screen the columns move under the action. */
export function AuditTable({ entries }: { readonly entries: readonly AuditRecord[] }) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Audit log, newest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={`${logHead} max-md:hidden`}>
            Time
          </th>
          <th scope="col" className={`${logHead} max-md:hidden`}>
            Who
          </th>
          <th scope="col" className={logHead}>
            What
          </th>
          <th scope="col" className={`${logHead} max-lg:hidden`}>
            From
          </th>
          <th scope="col" className={logHead}>
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
  const { good, word, remark } = resultWords(entry.result);
  const at = <time dateTime={entry.at}>{logTime.format(Date.parse(entry.at))}</time>;
  const who = whoWords(entry);
  return (
    <tr className="border-b border-line last:border-0">
      <td className={`${logCell} whitespace-nowrap tabular-nums text-ink-2 max-md:hidden`}>
        {at}
        <span className="block text-xs text-ink-3">Entry {entry.id}</span>
      </td>
      <td className={`${logCell} max-w-40 truncate max-md:hidden ${entry.actor ? '' : 'text-ink-3'}`}>{who}</td>
      <td className={`${logCell} max-md:w-2/3`}>
        <span title={entry.action} className="block text-ink">
          {actionWords(entry.action)}
        </span>
        <span className="block break-words text-[0.8125rem] text-ink-2 [overflow-wrap:anywhere]">{entry.target}</span>
        <span className="block text-xs text-ink-2 md:hidden">
          {who} · {at} · {entry.id}
        </span>
        <span className="block text-xs text-ink-2 lg:hidden">
          {entry.address}
          {entry.session ? <Session id={entry.session} /> : null}
        </span>
      </td>
      <td className={`${logCell} whitespace-nowrap font-mono text-xs leading-5 text-ink-2 max-lg:hidden`}>
        {entry.address}
        <span className="block text-ink-3">{entry.session ? <Session id={entry.session} /> : null}</span>
      </td>
      <td className={`${logCell} md:min-w-32`}>
        <Badge tone={good ? 'neutral' : 'warn'}>{word}</Badge>
        {remark ? (
          <span className="mt-0.5 block text-[0.8125rem] text-ink-2 [overflow-wrap:anywhere]">{remark}</span>
        ) : null}
      </td>
    </tr>
  );
}

/** Entries of the same session have the same; it is no key to it. */
function Session({ id }: { readonly id: string }) {
  return (
    <span title="The session or token it was done with" className="font-mono text-xs max-lg:ml-2">
      <span className="sr-only">session </span>
      {id}
    </span>
  );
}
