import clsx from 'clsx';
import type { ExtensionRecord } from '@/server/protocol/records';
import { Timer } from '../live/timer';
import { DndControl } from './dnd-control';
import { DirectionArrow, ForwardMark, MoreCalls, VoicemailMark } from './marks';
import { StateMark, toneInk } from './state-mark';
import { lineSince, lineTone, lineWord, partyText, presenceWord, type Status } from './status';

interface BodyProps {
  readonly extension: ExtensionRecord;
  readonly status: Status;
}

function nameOf(extension: ExtensionRecord): string {
  return extension.name || extension.number;
}

/** Two lines: who, and what they do. */
export function CompactBody({ extension, status }: BodyProps) {
  const { call, others, since, tone, word } = status;
  return (
    <div
      className={clsx(
        'flex h-full flex-col justify-center pl-2 text-[0.6875rem] leading-[0.9375rem]',
        extension.dnd.on ? 'pr-7' : 'pr-1',
      )}
    >
      <div className="flex items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate text-xs font-medium text-ink">{nameOf(extension)}</span>
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      <div className={clsx('flex h-[0.9375rem] items-center gap-1', toneInk[tone])}>
        <StateMark tone={tone} className="size-3 shrink-0" />
        <span className={clsx('truncate font-medium', call && 'shrink-0')}>{word}</span>
        {call ? <DirectionArrow direction={call.direction} /> : null}
        {call ? (
          <span className="min-w-0 flex-1 truncate text-ink-2">{partyText(call.party)}</span>
        ) : (
          <span className="flex-1" />
        )}
        <MoreCalls calls={others} />
        {call ? null : <ForwardMark extension={extension} brief />}
        {call ? null : <VoicemailMark count={extension.voicemail.new} />}
        {since ? <Timer since={since} className="shrink-0 font-medium" /> : null}
      </div>
      <DndControl
        number={extension.number}
        name={nameOf(extension)}
        on={extension.dnd.on}
        className="absolute right-0.5 top-1/2 -translate-y-1/2"
      />
    </div>
  );
}

/** Three lines: who, the state with its clock, and with whom or why. */
export function ComfortableBody({ extension, status }: BodyProps) {
  const { call, others, since, tone, word } = status;
  return (
    <div className="flex h-full flex-col justify-center gap-px pl-2.5 pr-1.5 text-xs leading-4">
      <div className="flex items-baseline gap-1.5">
        <span className="min-w-0 flex-1 truncate text-[0.8125rem] font-semibold leading-[1.125rem] text-ink">
          {nameOf(extension)}
        </span>
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      <div className={clsx('flex items-center gap-1.5 font-medium', toneInk[tone])}>
        <StateMark tone={tone} className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{word}</span>
        <MoreCalls calls={others} />
        {since ? <Timer since={since} className="shrink-0" /> : null}
      </div>
      <div className="flex h-4 items-center gap-1 pr-6 text-ink-2">
        {call ? <DirectionArrow direction={call.direction} /> : null}
        {call ? (
          <span className="min-w-0 flex-1 truncate">{partyText(call.party)}</span>
        ) : (
          <IdleLine extension={extension} status={status} />
        )}
      </div>
      <DndControl
        number={extension.number}
        name={nameOf(extension)}
        on={extension.dnd.on}
        className="absolute bottom-0.5 right-0.5"
      />
    </div>
  );
}

function IdleLine({ extension, status }: BodyProps) {
  const { dnd, presence } = extension;
  const text = status.tone === 'dnd' ? (dnd.note ?? (dnd.by ? `by ${dnd.by}` : '')) : presence.message;
  return (
    <>
      {text ? <span className="min-w-0 truncate">{text}</span> : null}
      <ForwardMark extension={extension} />
      <VoicemailMark count={extension.voicemail.new} />
    </>
  );
}

/** Everything there is to see, for few tiles. */
export function LargeBody({ extension, status }: BodyProps) {
  const { dnd, presence } = extension;
  const calls = status.call ? [status.call, ...status.others] : [];
  const away =
    status.tone === 'away' ? presence.message : [presenceWord(presence), presence.message].filter(Boolean).join(': ');
  const note = dnd.on ? (dnd.note ?? (dnd.by ? `DND by ${dnd.by}` : 'DND set on the phone')) : away;
  return (
    <div className="flex h-full flex-col pb-1.5 pl-3.5 pr-2 pt-2 text-[0.8125rem] leading-[1.125rem]">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate text-sm font-semibold leading-5 text-ink">{nameOf(extension)}</span>
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      {calls.length === 0 ? (
        <div className={clsx('mt-0.5 flex items-center gap-1.5 font-medium', toneInk[status.tone])}>
          <StateMark tone={status.tone} className="shrink-0" />
          <span className="truncate">{status.word}</span>
        </div>
      ) : null}
      {calls.slice(0, 2).map((call) => (
        <div key={call.uniqueid} className={clsx('mt-0.5 flex items-center gap-1.5', toneInk[lineTone(call.state)])}>
          <StateMark tone={lineTone(call.state)} className="shrink-0" />
          <span className="shrink-0 font-medium">{lineWord(call.state)}</span>
          <DirectionArrow direction={call.direction} />
          <span className="min-w-0 flex-1 truncate text-ink">{partyText(call.party)}</span>
          <Timer since={lineSince(call)} className="shrink-0 font-medium" />
        </div>
      ))}
      <div className="mt-auto flex h-6 items-center gap-2 text-xs text-ink-2">
        <span className="min-w-0 flex-1 truncate">{note}</span>
        {calls.length > 2 ? <MoreCalls calls={calls.slice(2)} /> : null}
        <ForwardMark extension={extension} />
        <VoicemailMark count={extension.voicemail.new} />
        <DndControl number={extension.number} name={nameOf(extension)} on={dnd.on} />
      </div>
    </div>
  );
}
