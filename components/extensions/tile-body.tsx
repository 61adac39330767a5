import clsx from 'clsx';
import type { ExtensionCall, ExtensionRecord } from '@/server/protocol/records';
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
  const { call, others, since, tone } = status;
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
        {/* The party wraps out of sight where it would be cut to a letter or two. */}
        <span className="flex h-full min-w-0 flex-1 flex-wrap gap-x-1 overflow-hidden">
          <span className="max-w-full truncate font-medium">{status.short}</span>
          {call ? (
            <span className="flex min-w-10 flex-1 items-center gap-0.5">
              <DirectionArrow direction={call.direction} />
              <span className="truncate text-ink-2">{partyText(call.party)}</span>
            </span>
          ) : null}
        </span>
        <MoreCalls calls={others} />
        {call ? null : <ForwardMark extension={extension} brief />}
        {call ? null : <VoicemailMark count={extension.voicemail.new} />}
        {since ? <Timer since={since} className="shrink-0 font-medium" /> : null}
      </div>
      <DndControl
        name={nameOf(extension)}
        on={extension.dnd.on}
        className="absolute right-0.5 top-1/2 -translate-y-1/2 place-items-center"
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
        {since ? <Timer since={since} className="shrink-0" /> : null}
      </div>
      <div className={clsx('flex h-4 items-center gap-1 text-ink-2', extension.dnd.on && 'pr-5')}>
        {call ? <DirectionArrow direction={call.direction} /> : null}
        {call ? (
          <span className="min-w-0 flex-1 truncate">{partyText(call.party)}</span>
        ) : (
          <IdleLine extension={extension} status={status} />
        )}
        <MoreCalls calls={others} />
      </div>
      <DndControl
        name={nameOf(extension)}
        on={extension.dnd.on}
        className="absolute bottom-0 right-0 place-items-end p-[3px]"
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
        <LargeCall key={call.uniqueid} call={call} alone={calls.length === 1} />
      ))}
      <div className="mt-auto flex h-6 items-center gap-2 text-xs text-ink-2">
        {note ? <span className="min-w-0 truncate">{note}</span> : null}
        {calls.length > 2 ? <MoreCalls calls={calls.slice(2)} /> : null}
        <ForwardMark extension={extension} />
        <VoicemailMark count={extension.voicemail.new} />
        <DndControl name={nameOf(extension)} on={dnd.on} className="ml-auto place-items-center" />
      </div>
    </div>
  );
}

/** A single call has a line for its party; two share the room with a line each. */
function LargeCall({ call, alone }: { readonly call: ExtensionCall; readonly alone: boolean }) {
  const tone = lineTone(call.state);
  const party = (
    <>
      <DirectionArrow direction={call.direction} />
      <span className="min-w-0 flex-1 truncate text-ink">
        {partyText(call.party)}
        {alone && call.queue ? <span className="text-ink-2"> · queue {call.queue}</span> : null}
      </span>
    </>
  );
  return (
    <div className={clsx('mt-0.5', toneInk[tone])}>
      <div className="flex items-center gap-1.5">
        <StateMark tone={tone} className="shrink-0" />
        <span className={clsx('shrink-0 font-medium', alone && 'flex-1')}>{lineWord(call.state)}</span>
        {alone ? null : party}
        <Timer since={lineSince(call)} className="shrink-0 font-medium" />
      </div>
      {alone ? <div className="flex items-center gap-1 text-ink-2">{party}</div> : null}
    </div>
  );
}
