'use client';

import { PasswordField } from '../../auth/password-field';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import { TextAreaField } from '../text-area-field';
import type { Form } from '../use-form';
import { FetchCertificate } from './certificate-view';
import { type PbxValues, portFor } from './pbx-values';

interface PbxFieldsProps {
  readonly form: Form<PbxValues>;
  readonly hasSecret: boolean;
}

export function PbxFields({ form, hasSecret }: PbxFieldsProps) {
  const { values, errors, set } = form;
  const field = (name: 'host' | 'port' | 'username' | 'fingerprint' | 'ca') => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
    error: errors[name],
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
  });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <TextField label="Host" {...field('host')} placeholder="pbx.example.com" maxLength={253} />
        <TextField label="Port" {...field('port')} inputMode="numeric" maxLength={5} />
      </div>
      <div className="flex items-start justify-between gap-4">
        <div>
          <p className="text-[0.8125rem] font-medium text-ink">Encrypt with TLS</p>
          <p className="text-xs text-ink-2">
            Needs tlsenable = yes in manager.conf; without it, use this in your own network only.
          </p>
        </div>
        <Switch
          label="Encrypt with TLS"
          checked={values.tls}
          onChange={(tls) => {
            set('tls', tls);
            set('port', portFor(tls, values.port.trim()));
          }}
        />
      </div>
      {values.tls ? (
        <div className="flex flex-col gap-4 border-l-2 border-line pl-4">
          <TextField
            label="Certificate fingerprint (optional)"
            {...field('fingerprint')}
            placeholder="SHA-256, 64 hexadecimal digits"
            hint="Pins a self-signed certificate: openssl x509 -noout -fingerprint -sha256 -in asterisk.pem"
          />
          <FetchCertificate form={form} />
          <TextAreaField
            label="CA certificate (optional)"
            {...field('ca')}
            placeholder="-----BEGIN CERTIFICATE-----"
            hint="PEM of the authority that signed the PBX’s certificate. Empty: those of the system."
          />
        </div>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="User" {...field('username')} hint="The name in brackets in manager.conf" maxLength={80} />
        <PasswordField
          label="Secret"
          name="secret"
          value={values.secret}
          onChange={(event) => set('secret', event.target.value)}
          error={errors.secret}
          autoComplete="off"
          placeholder={hasSecret ? 'Saved; leave empty to keep it' : ''}
          hint="Kept encrypted; never shown again."
          maxLength={256}
        />
      </div>
    </>
  );
}
