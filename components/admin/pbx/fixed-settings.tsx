import type { ReactNode } from 'react';
import type { PbxSettings } from '@/server/protocol/admin';
import { Card } from '../../account/card';
import { Callout } from '../../ui/callout';

/** The settings when the environment decides: to be read only. */
export function FixedSettings({ settings }: { readonly settings: PbxSettings }) {
  const { host, port, tls, username, fingerprint } = settings;
  return (
    <Card title="Connection">
      <Callout>
        The environment variable <code className="font-mono text-xs">AMI_URL</code> decides where the panel connects, so
        nothing can be changed here. Start the panel without it to use a connection saved on this page.
      </Callout>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <Row name="Host">{host}</Row>
        <Row name="Port">{port}</Row>
        <Row name="Encryption">{tls ? 'TLS' : 'None'}</Row>
        {fingerprint ? <Row name="Fingerprint">{fingerprint}</Row> : null}
        <Row name="User">{username}</Row>
        <Row name="Secret">In AMI_URL; not shown</Row>
      </dl>
    </Card>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
