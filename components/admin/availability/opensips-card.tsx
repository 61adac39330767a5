'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import { type DfksFeature, dfksFeature } from '@/server/protocol/availability';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import { FormFailure } from '../form-failure';
import { chosen } from '../lists';
import type { Form } from '../use-form';
import type { AvailabilityValues } from './availability-values';
import { useDfksTest } from './use-dfks-test';

const features: Readonly<Record<DfksFeature, string>> = {
  DoNotDisturb: 'Do not disturb',
  CallForwardingAlways: 'Forward always',
  CallForwardingBusy: 'Forward when busy',
  CallForwardingNoAnswer: 'Forward when there is no answer',
};

const tokenCommand = 'npm run cli -- token create --name opensips --scope dfks';

/** The feature keys of phones behind OpenSIPS. */
export function OpenSipsCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  const { dfks } = form.values;
  // What is wrong has to be seen, also where it is not used.
  const isShown = dfks.enabled || form.problem('dfks.url') !== undefined || form.problem('dfks.domain') !== undefined;
  return (
    <Card id="opensips" title="OpenSIPS" description="The feature keys of phones behind OpenSIPS (presence_dfks).">
      {isShown ? (
        <Fields form={form} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-ink-2">
          <p>Off: keys of phones behind OpenSIPS are not followed.</p>
          <Button size="small" onClick={() => form.set('dfks', { ...dfks, enabled: true })}>
            Switch on
          </Button>
        </div>
      )}
    </Card>
  );
}

function Fields({ form }: { readonly form: Form<AvailabilityValues> }) {
  const { dfks } = form.values;
  const change = (part: Partial<AvailabilityValues['dfks']>) => form.set('dfks', { ...dfks, ...part });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="MI address"
          name="dfks.url"
          value={dfks.url}
          onChange={(event) => change({ url: event.target.value })}
          error={form.problem('dfks.url')}
          placeholder="http://10.0.0.5:8888/mi"
          hint="Where OpenSIPS’ mi_http listens. Empty: phones tell the panel, but the panel tells no phone."
          {...plain}
        />
        <TextField
          label="SIP domain"
          name="dfks.domain"
          value={dfks.domain}
          onChange={(event) => change({ domain: event.target.value })}
          error={form.problem('dfks.domain')}
          placeholder="pbx.example.com"
          hint="The part after the @ in the phones’ own addresses."
          {...plain}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-[0.8125rem] font-medium text-ink">Keys that phones may set</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {dfksFeature.options.map((feature) => (
            <CheckBox
              key={feature}
              label={features[feature]}
              checked={dfks.assigned.includes(feature)}
              onChange={(on) => change({ assigned: chosen(dfksFeature.options, dfks.assigned, feature, on) })}
            />
          ))}
        </div>
      </fieldset>
      <Test url={dfks.url} domain={dfks.domain} />
      <p className="text-[0.8125rem] leading-relaxed text-ink-2">
        OpenSIPS needs a token to ask the panel. Make one on the panel’s machine:{' '}
        <code className="rounded bg-sunken px-1 py-0.5 font-mono text-xs text-ink [overflow-wrap:anywhere]">
          {tokenCommand}
        </code>
        . What goes into opensips.cfg is in <code className="font-mono text-xs">docs/opensips.md</code>.
      </p>
    </div>
  );
}

const plain = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;

function Test({ url, domain }: { readonly url: string; readonly domain: string }) {
  const test = useDfksTest(url, domain);
  return (
    <div className="flex flex-col items-start gap-3">
      <Button busy={test.busy} disabled={url.trim() === ''} onClick={test.run}>
        {test.busy ? 'Asking OpenSIPS…' : 'Test'}
      </Button>
      <div aria-live="polite" className="w-full empty:hidden">
        {test.result ? (
          <Callout
            tone={test.result.ok ? 'info' : 'danger'}
            icon={
              test.result.ok ? (
                <CircleCheck aria-hidden className="size-4 text-free-ink" />
              ) : (
                <CircleX aria-hidden className="size-4" />
              )
            }
          >
            <p className="[overflow-wrap:anywhere]">{test.result.message}</p>
          </Callout>
        ) : null}
      </div>
      <FormFailure failure={test.failure} />
    </div>
  );
}
