import { CircleCheck, CircleX } from 'lucide-react';
import type { PbxTestResult } from '@/server/protocol/admin';
import { Callout } from '../../ui/callout';
import { CertificateView } from './certificate-view';
import { MissingList } from './missing-list';

interface TestResultProps {
  readonly result: PbxTestResult;
  readonly trusted: string;
  /** Takes the certificate that was shown for the PBX's. */
  readonly onTrust: (fingerprint: string) => void;
}

/** What a try came to, in words. */
export function TestResult({ result, trusted, onTrust }: TestResultProps) {
  const { ok, message, advice, certificate, missing, asteriskVersion } = result;
  if (!ok)
    return (
      <Callout tone="danger" icon={<CircleX aria-hidden className="size-4" />}>
        <p className="font-semibold">It does not work</p>
        <p className="mt-0.5 [overflow-wrap:anywhere]">{message}</p>
        {advice ? <p className="mt-1 [overflow-wrap:anywhere]">{advice}</p> : null}
        {certificate ? <CertificateView certificate={certificate} trusted={trusted} onTrust={onTrust} /> : null}
      </Callout>
    );
  const limited = missing.length > 0;
  return (
    <Callout
      tone={limited ? 'warn' : 'info'}
      icon={<CircleCheck aria-hidden className={limited ? 'size-4' : 'size-4 text-free-ink'} />}
    >
      <p className="font-semibold">{asteriskVersion ? `It works: Asterisk ${asteriskVersion}` : 'It works'}</p>
      <p className="mt-0.5">{message}</p>
      {limited ? <MissingList missing={missing} /> : null}
    </Callout>
  );
}
