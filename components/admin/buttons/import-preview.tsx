import type { ButtonField, ButtonsImported } from '@/server/protocol/buttons';
import { Callout } from '../../ui/callout';
import { logCell, logHead } from '../log-table';
import { sentence } from '../words';
import { count, fieldNames, kindNames } from './field-words';

const mostChanges = 200;
const mostErrors = 50;

/** What a file would change, and what is wrong with it. */
export function ImportPreview({ trial }: { readonly trial: ButtonsImported }) {
  const { changes, changedRows, changedFields, unchanged, errors, wrongRows } = trial;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm text-ink">
        {count(changedRows)} would change, {count(unchanged)} {unchanged === 1 ? 'is' : 'are'} so already
        {wrongRows > 0 ? `, ${count(wrongRows)} with errors would be left out` : ''}.
      </p>
      {errors.length > 0 ? (
        <Callout tone="danger">
          <ul>
            {errors.slice(0, mostErrors).map(({ line, field, message }) => (
              <li key={`${line} ${field} ${message}`}>
                Line {line}, {field}: {sentence(message)}
              </li>
            ))}
          </ul>
          {errors.length > mostErrors ? <p>and {errors.length - mostErrors} more</p> : null}
        </Callout>
      ) : null}
      {changes.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: no element is a named place to scroll
        <div
          role="region"
          aria-label="What would change"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keys
          tabIndex={0}
          className="max-h-72 overflow-auto rounded-lg border border-line"
        >
          <table className="w-full border-collapse text-sm">
            <thead className="sticky top-0 bg-raised">
              <tr className="border-b border-line">
                <th scope="col" className={`${logHead} max-sm:hidden`}>
                  Line
                </th>
                <th scope="col" className={logHead}>
                  Row
                </th>
                <th scope="col" className={logHead}>
                  What
                </th>
                <th scope="col" className={logHead}>
                  Before
                </th>
                <th scope="col" className={logHead}>
                  After
                </th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, mostChanges).map(({ line, kind, key, field, before, after }) => (
                <tr key={`${kind} ${key} ${field}`} className="border-b border-line last:border-0">
                  <td className={`${logCell} tabular-nums text-ink-2 max-sm:hidden`}>{line ?? 'not in it'}</td>
                  <td className={logCell}>
                    {kindNames[kind]} {key}
                  </td>
                  <td className={logCell}>{fieldNames[field as ButtonField] ?? 'Added by hand'}</td>
                  <td className={`${logCell} break-words text-ink-2`}>{before || 'as the PBX says'}</td>
                  <td className={`${logCell} break-words`}>{after || 'as the PBX says'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {changedFields > mostChanges ? (
        <p className="text-sm text-ink-2">and {count(changedFields - mostChanges, 'value', 'values')} more</p>
      ) : null}
    </div>
  );
}
