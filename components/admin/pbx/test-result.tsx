import { CircleCheck, CircleX } from 'lucide-react';
import type { PbxTestResult } from '@/server/protocol/admin';
import { Callout } from '../../ui/callout';
import { adviceFor } from './advice';
import { MissingList } from './missing-list';

/** What a try came to, in words. */
export function TestResult({ result }: { readonly result: PbxTestResult }) {
  const advice = result.ok ? null : adviceFor(result.message);
  if (!result.ok)
    return (
      <Callout tone="danger" icon={<CircleX aria-hidden className="size-4" />}>
        <p className="font-semibold">It does not work</p>
        <p className="mt-0.5 [overflow-wrap:anywhere]">{result.message}</p>
        {advice ? <p className="mt-1">{advice}</p> : null}
      </Callout>
    );
  const limited = result.missing.length > 0;
  return (
    <Callout
      tone={limited ? 'warn' : 'info'}
      icon={<CircleCheck aria-hidden className={limited ? 'size-4' : 'size-4 text-free-ink'} />}
    >
      <p className="font-semibold">
        {result.asteriskVersion ? `It works: Asterisk ${result.asteriskVersion}` : 'It works'}
      </p>
      <p className="mt-0.5">{result.message}</p>
      {limited ? <MissingList missing={result.missing} /> : null}
    </Callout>
  );
}
