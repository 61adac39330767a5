'use client';

import type { ButtonField } from '@/server/protocol/buttons';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { count, fieldNames, kindNames, shownText } from './field-words';
import { type Clash, type Edit, idOf } from './use-buttons';

interface ClashListProps {
  readonly clashes: readonly Clash[];
  readonly onOverwrite: (edits: readonly Edit[]) => void;
  readonly onLeave: () => void;
}

const most = 5;

/** Rows that somebody else changed in the meantime: who, what it is now, and what may be done about it. */
export function ClashList({ clashes, onOverwrite, onLeave }: ClashListProps) {
  if (clashes.length === 0) return null;
  const again = clashes.flatMap(({ conflict: { kind, key, now }, set }): Edit[] => {
    return now === null || Object.keys(set).length === 0 ? [] : [{ kind, key, version: now.version, set }];
  });
  return (
    <div role="alert" className="mb-3">
      <Callout tone="warn">
        <p className="font-medium">{count(clashes.length)} not changed</p>
        <ul className="mt-1 flex flex-col gap-1">
          {clashes.slice(0, most).map(({ conflict, set }) => (
            <li key={idOf(conflict)}>
              {kindNames[conflict.kind]} {conflict.key}: {conflict.message}
              {conflict.now === null ? null : <NowIs row={conflict.now} fields={Object.keys(set) as ButtonField[]} />}
            </li>
          ))}
        </ul>
        {clashes.length > most ? <p>and {count(clashes.length - most)} more</p> : null}
        <span className="mt-2 flex flex-wrap gap-2">
          {again.length > 0 ? (
            <Button size="small" onClick={() => onOverwrite(again)}>
              Set mine all the same
            </Button>
          ) : null}
          <Button size="small" tone="plain" onClick={onLeave}>
            Leave it as it is now
          </Button>
        </span>
      </Callout>
    </div>
  );
}

function NowIs({ row, fields }: { row: NonNullable<Clash['conflict']['now']>; fields: readonly ButtonField[] }) {
  const told = fields.slice(0, 4).map((field) => `${fieldNames[field]} is “${shownText(row, field)}” now`);
  return told.length === 0 ? null : <span className="block text-xs">{told.join(' · ')}</span>;
}
