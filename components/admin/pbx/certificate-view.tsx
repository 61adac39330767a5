'use client';

import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { type PbxCertificate, pbxCertificateAnswer } from '@/server/protocol/admin';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import type { Form } from '../use-form';
import { bareFingerprint, type PbxValues } from './pbx-values';

interface CertificateViewProps {
  readonly certificate: PbxCertificate;
  /** What the form trusts now. */
  readonly trusted: string;
  readonly onTrust: (fingerprint: string) => void;
}

/** What the PBX shows, to be compared with what is on it, and trusted. */
export function CertificateView({ certificate, trusted, onTrust }: CertificateViewProps) {
  const { fingerprint, subject, issuer, selfSigned, validTo } = certificate;
  const isTrusted = bareFingerprint(trusted) === bareFingerprint(fingerprint);
  return (
    <div className="mt-2 rounded-md border border-line bg-surface px-3 py-2.5 text-[0.8125rem] text-ink">
      <p>
        Certificate for <span className="font-semibold">{subject}</span>,{' '}
        {selfSigned ? 'signed by itself' : `signed by ${issuer}`}, valid until {validTo.slice(0, 10)}. SHA-256:
      </p>
      <p className="my-1.5 font-mono text-xs [overflow-wrap:anywhere]">{fingerprint}</p>
      <p className="text-xs text-ink-2">
        On the PBX: <code>openssl x509 -noout -fingerprint -sha256 -in /etc/asterisk/keys/asterisk.pem</code>
      </p>
      <div className="mt-2">
        {isTrusted ? (
          <p role="status" className="flex items-center gap-1.5 font-medium text-free-ink">
            <ShieldCheck aria-hidden className="size-4" /> The panel trusts this certificate, and no other.
          </p>
        ) : (
          <Button size="small" onClick={() => onTrust(fingerprint)}>
            It is the same: trust this certificate
          </Button>
        )}
      </div>
    </div>
  );
}

/** Asks what certificate is shown at the address of the form. */
export function FetchCertificate({ form }: { readonly form: Form<PbxValues> }) {
  const { host, port, fingerprint } = form.values;
  const [state, setState] = useState<{ busy: boolean; found: PbxCertificate | null; note: string }>({
    ...{ busy: false, found: null, note: '' },
  });
  const fetchIt = async () => {
    setState({ busy: true, found: null, note: '' });
    const body = { host: host.trim(), port: port.trim() };
    const outcome = await call(pbxCertificateAnswer, 'admin/pbx/certificate', { method: 'POST', body });
    if (!outcome.ok) return setState({ busy: false, found: null, note: outcome.message });
    const { certificate } = outcome.value;
    setState({ busy: false, found: certificate, note: certificate === null ? 'Nothing there speaks TLS.' : '' });
  };
  return (
    <div>
      <Button size="small" busy={state.busy} disabled={host.trim() === ''} onClick={() => void fetchIt()}>
        {state.busy ? 'Fetching…' : 'Fetch and show the fingerprint'}
      </Button>
      <p role="status" className="text-[0.8125rem] text-ink-2">
        {state.note}
      </p>
      {state.found ? (
        <CertificateView
          certificate={state.found}
          trusted={fingerprint}
          onTrust={(trusted) => form.set('fingerprint', trusted)}
        />
      ) : null}
    </div>
  );
}
