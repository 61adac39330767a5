'use client';

import { Link2, ShieldAlert } from 'lucide-react';
import { type AuditVerdict, auditVerdict } from '@/server/protocol/admin';
import { Callout } from '../../ui/callout';
import { useResource } from '../use-resource';
import { chainWords } from './audit-words';

/** Whether the log is as it was written: a quiet line where it is, a loud one where it is not. */
export function ChainState() {
  const { value, failure, reload } = useResource(auditVerdict, 'admin/audit/verify');
  if (value && !value.ok) return <Broken verdict={value} />;
  return (
    <p role="status" className="mb-3 flex min-h-5 items-center gap-1.5 text-[0.8125rem] text-ink-2">
      <Link2 aria-hidden className="size-3.5 shrink-0" />
      {value ? (
        chainWords(value)
      ) : failure ? (
        <span>
          {failure.message}{' '}
          <button
            type="button"
            onClick={() => void reload()}
            className="rounded font-medium text-ink underline underline-offset-2"
          >
            Check again
          </button>
        </span>
      ) : (
        'Checking that no entry was changed or removed…'
      )}
    </p>
  );
}

function Broken({ verdict }: { readonly verdict: AuditVerdict }) {
  const { brokenAt, reason } = verdict;
  return (
    <div className="mb-4">
      <Callout tone="danger" role="alert" icon={<ShieldAlert aria-hidden className="size-4" />}>
        <p className="font-medium">
          {brokenAt === null
            ? 'This log is not as it was written.'
            : `This log is not as it was written: it breaks at entry ${brokenAt}.`}
        </p>
        <p>{reason}</p>
        <p className="mt-1 text-[0.8125rem]">{chainWords(verdict)}</p>
      </Callout>
    </div>
  );
}
