'use client';

import clsx from 'clsx';
import { type FormEvent, useState } from 'react';
import type { CommandResult } from '@/server/protocol/commands';
import type { ExtensionRecord, ForwardKind } from '@/server/protocol/records';
import { mayNotSet } from '../actions/permissions';
import { useActionContext } from '../actions/use-action-context';
import { forwardIcon, forwardInk } from '../extensions/marks';
import { usePending, useRecord, useWallNow } from '../live/hooks';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { FormFoot } from './form-foot';
import { story } from './story';
import { readTarget } from './target';
import { TargetField } from './target-field';

const kinds: readonly { readonly kind: ForwardKind; readonly title: string; readonly hint: string }[] = [
  { kind: 'always', title: 'Always', hint: 'every call, the phone does not ring' },
  { kind: 'busy', title: 'When busy', hint: 'calls during a call' },
  { kind: 'noAnswer', title: 'No answer', hint: 'calls that are not answered in time' },
];

/** Where calls of one person go instead, for each of the three cases. */
export function ForwardForm({ extension }: { readonly extension: ExtensionRecord }) {
  const context = useActionContext();
  const blocked = mayNotSet(context, 'forward', extension.number);
  return (
    <div className="flex flex-col gap-4">
      {kinds.map(({ kind, title, hint }) => (
        <KindForm key={kind} extension={extension} kind={kind} title={title} hint={hint} blocked={blocked !== null} />
      ))}
      {blocked ? <FormFoot blocked={blocked}>{null}</FormFoot> : null}
    </div>
  );
}

interface KindFormProps {
  readonly extension: ExtensionRecord;
  readonly kind: ForwardKind;
  readonly title: string;
  readonly hint: string;
  readonly blocked: boolean;
}

function KindForm({ extension, kind, title, hint, blocked }: KindFormProps) {
  const { mirror } = useActionContext();
  const { number, forward } = extension;
  const present = forward[kind];
  const Icon = forwardIcon[kind];
  const busy = usePending(number, kind);
  const [target, setTarget] = useState(present ?? '');
  const [rings, setRings] = useState(forward.ringCount === null ? '' : String(forward.ringCount));
  const [error, setError] = useState<string | undefined>();
  const show = (result: CommandResult) => setError(result.ok ? undefined : result.message);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readTarget(target, rings, mirror.records.map('extensions').values());
    if ('error' in read) return setError(read.error);
    setTarget(read.to);
    const ringCount = kind === 'noAnswer' && read.ringCount !== null ? { ringCount: read.ringCount } : {};
    setError(undefined);
    void mirror.availability.setForward(number, { kind, to: read.to, ...ringCount }, true).then(show);
  };
  const stop = () => {
    setTarget('');
    void mirror.availability.setForward(number, { kind, to: null }, true).then(show);
  };
  return (
    <form noValidate onSubmit={submit} aria-label={`Forward: ${title}`} className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-[0.8125rem]">
        <Icon aria-hidden className={clsx('size-3.5 self-center', forwardInk[kind])} strokeWidth={2.25} />
        <span className={clsx('font-medium', present && forwardInk[kind])}>{title}</span>
        <span className="text-xs text-ink-2">{hint}</span>
      </p>
      <Present forward={forward} kind={kind} />
      <div className="flex items-start gap-1.5">
        <TargetField
          label={`${title}, forward to`}
          value={target}
          onChange={(value) => {
            setTarget(value);
            setError(undefined);
          }}
          except={number}
          error={error}
          disabled={blocked}
        />
        {kind === 'noAnswer' ? (
          <TextField
            label="Rings before"
            hideLabel
            title="Rings before it forwards; empty: as the PBX has it"
            placeholder="Rings"
            inputMode="numeric"
            maxLength={2}
            value={rings}
            disabled={blocked}
            className="w-18"
            onChange={(event) => setRings(event.target.value.replace(/\D/g, ''))}
          />
        ) : null}
        <Button type="submit" busy={busy} disabled={blocked || target.trim() === ''}>
          {present ? 'Change' : 'Forward'}
        </Button>
        {present ? (
          <Button tone="plain" disabled={blocked || busy} aria-label={`Stop forwarding: ${title}`} onClick={stop}>
            Stop
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** What is forwarded now, who set it, where and since when. */
function Present({ forward, kind }: Pick<ExtensionRecord, 'forward'> & { readonly kind: ForwardKind }) {
  const to = forward[kind];
  const name = useRecord('extensions', to ?? '')?.name;
  const origin = forward.origins[kind] ?? { source: 'pbx', by: null, since: null };
  const words = useWallNow((now) => (to ? story(origin, now) : ''));
  if (!to) return null;
  const rings = kind === 'noAnswer' && forward.ringCount ? ` after ${forward.ringCount} rings` : '';
  return (
    <p className="break-words text-xs text-ink-2">
      <span className="font-medium text-ink">
        To {name ? `${name} ` : ''}
        <span className="tabular-nums">{to}</span>
        {rings}.
      </span>{' '}
      {words}
    </p>
  );
}
