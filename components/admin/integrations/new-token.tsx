'use client';

import { useState } from 'react';
import type { z } from 'zod';
import { createdToken, createTokenBody, type TokenRecord } from '@/server/protocol/account';
import { type TokenScope, tokenScope } from '@/server/protocol/permissions';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import { FormDialog } from '../form-dialog';
import { FormFailure } from '../form-failure';
import { chosen } from '../lists';
import { useForm } from '../use-form';
import { CopyBlock } from './copy-block';
import { endOf, type Life, lifeWords, lives } from './expiry';
import { scopeWords } from './scope-words';

type Created = z.infer<typeof createdToken>;

interface NewTokenProps {
  readonly onCreated: (record: TokenRecord) => void;
  readonly onClose: () => void;
}

/** Asks for what a token is to be, then shows it, once. */
export function NewToken({ onCreated, onClose }: NewTokenProps) {
  const [created, setCreated] = useState<Created | null>(null);
  const form = useForm({
    initial: { name: '', scopes: ['state:read'] as TokenScope[], life: '90' as Life, until: '' },
    schema: createTokenBody,
    body: ({ name, scopes, life, until }) => ({ name, scopes, expiresAt: endOf(life, until, Date.now()) }),
    check: ({ life, until }) => (life === 'date' && until === '' ? { until: 'Choose a day.' } : {}),
    send: (body) => call(createdToken, 'admin/tokens', { method: 'POST', body }),
    done: (answer) => {
      setCreated(answer);
      onCreated(answer.record);
    },
  });
  if (created) return <Shown created={created} onClose={onClose} />;
  const { values, errors, set } = form;
  const late = (errors as Partial<Record<string, string>>).expiresAt;
  return (
    <FormDialog form={form} title="Make an API token" action="Make it" onClose={onClose}>
      <TextField
        label="Name"
        name="name"
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={errors.name}
        hint="What uses it, and where: you will want to know when you revoke it."
        placeholder="CRM, screen pops"
        autoComplete="off"
        maxLength={80}
      />
      <fieldset>
        <legend className="mb-1 text-[0.8125rem] font-medium text-ink">It may</legend>
        {tokenScope.options.map((scope) => (
          <CheckBox
            key={scope}
            label={scopeWords[scope].title}
            hint={
              <>
                {scopeWords[scope].about} <code className="font-mono">{scope}</code>
              </>
            }
            checked={values.scopes.includes(scope)}
            onChange={(on) => set('scopes', chosen(tokenScope.options, values.scopes, scope, on))}
          />
        ))}
        <p role="alert" className="text-xs font-medium text-dnd-ink empty:hidden">
          {errors.scopes}
        </p>
      </fieldset>
      <SelectField
        label="It works for"
        name="life"
        value={values.life}
        onChange={(event) => set('life', lives.find((life) => life === event.target.value) ?? '90')}
        options={lives.map((life) => ({ value: life, label: lifeWords[life] }))}
        hint={values.life === 'never' ? 'Nobody will be reminded to change it.' : undefined}
      />
      {values.life === 'date' ? (
        <TextField
          label="Last day"
          name="until"
          type="date"
          value={values.until}
          onChange={(event) => set('until', event.target.value)}
          error={errors.until ?? late}
        />
      ) : null}
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

function Shown({ created, onClose }: { readonly created: Created; readonly onClose: () => void }) {
  const { token, record } = created;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`The token “${record.name}”`}
      footer={
        <Button tone="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout tone="warn">It is shown only now. Put it where the program reads it, and nowhere else.</Callout>
        <CopyBlock text={token} label="Copy the token" />
        <p className="text-sm text-ink-2">Try it:</p>
        <CopyBlock text={tryIt(record, token)} label="Copy the command" />
      </div>
    </Dialog>
  );
}

function tryIt({ scopes }: TokenRecord, token: string): string {
  const [path, data] = scopes.includes('state:read')
    ? ['/api/v1/state', '']
    : scopes.includes('dfks')
      ? ['/api/dfks/201/dnd', '']
      : scopes.includes('admin')
        ? ['/api/v1/admin/users', '']
        : ['/api/v1/commands/extension.dnd', ` -H 'Content-Type: application/json' -d '{"extension":"201","on":true}'`];
  return `curl -H 'Authorization: Bearer ${token}'${data} ${location.origin}${path}`;
}
