'use client';

import clsx from 'clsx';
import {
  CircleAlert,
  FlaskConical,
  KeyRound,
  OctagonX,
  RefreshCw,
  ServerOff,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { perform } from '../actions/action';
import { stopOutside } from '../actions/outside-action';
import { useActionContext } from '../actions/use-action-context';
import { agoText, timeText } from '../live/clock-text';
import { useConnection, useMe, useMirror, usePbx, useStaleness, useWallNow } from '../live/hooks';
import { Button } from '../ui/button';
import { useHealthWarning } from './use-health-warning';

interface BarProps {
  readonly tone: 'info' | 'warn' | 'danger';
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'status' | 'alert';
}

const tones = {
  info: 'bg-sunken text-ink-2',
  warn: 'bg-warn-soft text-warn-ink',
  danger: 'bg-danger text-danger-ink',
};

function Bar({ tone, icon, children, action, role }: BarProps) {
  return (
    <div
      role={role}
      className={clsx(
        'flex min-h-8 shrink-0 items-center justify-center gap-x-3 gap-y-1 px-3 py-1 text-[0.8125rem]',
        tones[tone],
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <span className="shrink-0">{icon}</span>
        <span className="min-w-0">{children}</span>
      </span>
      {action}
    </div>
  );
}

const link = 'inline-flex min-h-6 shrink-0 items-center font-semibold underline underline-offset-2';

/** What has to be known about the whole screen, the gravest first. */
export function Banners() {
  const connection = useConnection();
  const stale = useStaleness();
  return (
    <section aria-label="Notices" className="shrink-0">
      {connection === 'versionMismatch' ? <NewVersion /> : stale ? <StaleBar /> : <SyncBar />}
      <OutsideBar />
      <PasswordBar />
      <DemoBar />
      <MissingBar />
      <HealthBar />
    </section>
  );
}

function NewVersion() {
  return (
    <Bar
      tone="warn"
      role="alert"
      icon={<RefreshCw aria-hidden className="size-4" />}
      action={
        <Button size="small" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      The panel was updated. Reload to go on; what you see is no longer live.
    </Bar>
  );
}

function StaleBar() {
  const stale = useStaleness();
  const problem = usePbx()?.problem;
  const since = stale?.since ?? 0;
  const ago = useWallNow(useCallback((now: number) => agoText(since, now), [since]));
  const server = stale?.cause === 'server';
  const Icon = server ? ServerOff : Unplug;
  return (
    <Bar tone="danger" icon={<Icon aria-hidden className="size-4" />}>
      <strong className="font-semibold">
        {server ? 'Panel server unreachable' : 'PBX link lost'} <span className="tabular-nums">{ago}</span> ago
      </strong>
      {' — shown as it was at '}
      <span className="tabular-nums">{timeText(since)}</span>
      {server ? (
        '. Reconnecting…'
      ) : (
        <span className="max-md:hidden">{problem ? ` (${problem})` : ''}. Reconnecting…</span>
      )}
    </Bar>
  );
}

function SyncBar() {
  const mirror = useMirror();
  const pbx = usePbx();
  if (pbx?.link !== 'syncing' || mirror.records.map('extensions').size === 0) return null;
  return (
    <Bar tone="info" role="status" icon={<RefreshCw aria-hidden className="size-4" />}>
      Reading the state of the PBX…
    </Bar>
  );
}

/** The panic switch is on: everybody has to know why no call goes out. */
function OutsideBar() {
  const stopped = usePbx()?.outsideStopped;
  const context = useActionContext();
  if (!stopped) return null;
  const mayEnd = context.me?.permissions.includes('admin') && stopOutside.blocked?.(context) == null;
  return (
    <Bar
      tone="danger"
      role="alert"
      icon={<OctagonX aria-hidden className="size-4" />}
      action={
        mayEnd ? (
          <button
            type="button"
            onClick={() => perform(stopOutside, context, undefined)}
            className={clsx(link, 'cursor-pointer')}
          >
            Let them run again
          </button>
        ) : undefined
      }
    >
      <strong className="font-semibold">Calls to the outside are stopped</strong> by {stopped.by} since{' '}
      <span className="tabular-nums">{timeText(Date.parse(stopped.since))}</span>
      <span className="max-md:hidden">. Emergency numbers can be called.</span>
    </Bar>
  );
}

/** What an administrator has to look after: a backup that failed, a full disk. */
function HealthBar() {
  const admin = useMe()?.permissions.includes('admin') ?? false;
  const warning = useHealthWarning(admin);
  if (warning === null) return null;
  return (
    <Bar
      tone="warn"
      role="status"
      icon={<TriangleAlert aria-hidden className="size-4" />}
      action={
        <a href={`/admin/${warning.section}/`} className={link}>
          Look into it
        </a>
      }
    >
      {warning.message}
    </Bar>
  );
}

/** Signed in by the one-time link: without a password there is no way back in. */
function PasswordBar() {
  if (useMe()?.hasPassword !== false) return null;
  return (
    <Bar
      tone="warn"
      icon={<KeyRound aria-hidden className="size-4" />}
      action={
        <a href="/account/#password" className={link}>
          Set a password
        </a>
      }
    >
      You have no password yet<span className="max-md:hidden">: the link that let you in works only once</span>.
    </Bar>
  );
}

function DemoBar() {
  const pbx = usePbx();
  const admin = useMe()?.role === 'admin';
  if (!pbx?.demo) return null;
  return (
    <Bar
      tone="info"
      icon={<FlaskConical aria-hidden className="size-4" />}
      action={
        admin ? (
          <a href="/welcome/#pbx" className={clsx(link, 'text-accent')}>
            Connect your own
          </a>
        ) : undefined
      }
    >
      This is the demo PBX
      <span className="max-md:hidden">: an office that was made up, so that you can look around</span>.
    </Bar>
  );
}

function MissingBar() {
  const pbx = usePbx();
  const admin = useMe()?.role === 'admin';
  const [closed, setClosed] = useState(() => sessionStorage.getItem('cordboard-missing') ?? '');
  const missing = pbx?.missing ?? [];
  const signature = missing.map((one) => one.feature).join(', ');
  if (!admin || missing.length === 0 || closed === signature) return null;
  const close = () => {
    sessionStorage.setItem('cordboard-missing', signature);
    setClosed(signature);
  };
  return (
    <Bar
      tone="warn"
      icon={<CircleAlert aria-hidden className="size-4" />}
      action={
        <span className="flex shrink-0 items-center gap-3">
          <a href="/admin/pbx/" className={link}>
            Details
          </a>
          <button type="button" onClick={close} className={clsx(link, 'cursor-pointer')}>
            Hide
          </button>
        </span>
      }
    >
      <span title={missing.map((one) => one.message).join(' ')}>Off on this PBX: {signature}.</span>
    </Bar>
  );
}
