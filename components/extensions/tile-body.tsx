import clsx from 'clsx';
import type { ExtensionCall, ExtensionRecord } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { Timer } from '../live/timer';
import { Until } from '../live/until';
import { DndControl } from './dnd-control';
import { DirectionArrow, ForwardMarks, MoreCalls, PresenceMark, UnsyncedMark, VoicemailMark } from './marks';
import type { PresenceLook } from './presence-look';
import { StateMark, StatusMark, statusInk, toneInk } from './state-mark';
import { lineSince, lineTone, lineWord, partyText, type Status } from './status';

interface BodyProps {
  readonly extension: ExtensionRecord;
  readonly status: Status;
  /** Presence that `status` does not tell already. */
  readonly beside: PresenceLook | null;
}

function nameOf(extension: ExtensionRecord): string {
  return extension.name || extension.number;
}

/** The lines of a tile that tell of a call are that call: pulled, they move it and not the tile. */
function lineHandle({ number }: ExtensionRecord, call: ExtensionCall | null) {
  return call ? callHandle({ kind: 'line', extension: number, own: call.uniqueid }) : null;
}

/** Two lines: who, and what they do. */
export function CompactBody({ extension, status }: BodyProps) {
  const { call, others, since } = status;
  const until = call ? null : endOf(extension, status);
  return (
    <div
      className={clsx(
        'flex h-full flex-col justify-center pl-2 text-[0.6875rem] leading-[0.9375rem]',
        extension.dnd.on ? 'pr-7' : 'pr-1',
      )}
    >
      <div className="flex items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate text-xs font-medium text-ink">{nameOf(extension)}</span>
        <UnsyncedMark extension={extension} />
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      <div
        className={clsx('flex h-[0.9375rem] items-center gap-1', statusInk(status))}
        {...lineHandle(extension, call)}
      >
        <StatusMark status={status} className="size-3 shrink-0" />
        {/* The party, or the end, wraps out of sight where it would be cut to a letter or two. */}
        <span className="flex h-full min-w-0 flex-1 flex-wrap gap-x-1 overflow-hidden">
          {/* Its mark says do-not-disturb already. */}
          {until && status.tone === 'dnd' ? null : (
            <span className="max-w-full truncate font-medium">{status.short}</span>
          )}
          {call ? (
            <span className="flex min-w-10 flex-1 items-center gap-0.5">
              <DirectionArrow direction={call.direction} />
              <span className="truncate text-ink-2">{partyText(call.party)}</span>
            </span>
          ) : null}
          {until ? <Until at={until} className="max-w-full truncate" /> : null}
        </span>
        <MoreCalls calls={others} />
        {call ? null : <ForwardMarks extension={extension} brief />}
        {call ? null : <VoicemailMark count={extension.voicemail.new} />}
        {since ? <Timer since={since} className="shrink-0 font-medium" /> : null}
      </div>
      <DndControl
        name={nameOf(extension)}
        number={extension.number}
        on={extension.dnd.on}
        className="absolute right-0.5 top-1/2 -translate-y-1/2 place-items-center"
      />
    </div>
  );
}

/** Three lines: who, the state with its clock, and with whom or why. */
export function ComfortableBody({ extension, status, beside }: BodyProps) {
  const { call, others, since, word } = status;
  return (
    <div className="flex h-full flex-col justify-center gap-px pl-2.5 pr-1.5 text-xs leading-4">
      <div className="flex items-baseline gap-1.5">
        <span className="min-w-0 flex-1 truncate text-[0.8125rem] font-semibold leading-[1.125rem] text-ink">
          {nameOf(extension)}
        </span>
        <UnsyncedMark extension={extension} />
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      <div
        className={clsx('flex items-center gap-1.5 font-medium', statusInk(status))}
        {...lineHandle(extension, call)}
      >
        <StatusMark status={status} className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{word}</span>
        {since ? <Timer since={since} className="shrink-0" /> : null}
      </div>
      <div
        className={clsx('flex h-4 items-center gap-1 text-ink-2', extension.dnd.on && 'pr-5')}
        {...lineHandle(extension, call)}
      >
        {call ? <DirectionArrow direction={call.direction} /> : null}
        {call ? (
          <span className="min-w-0 flex-1 truncate">{partyText(call.party)}</span>
        ) : (
          <IdleLine extension={extension} status={status} />
        )}
        <PresenceMark look={beside} />
        <MoreCalls calls={others} />
      </div>
      <DndControl
        name={nameOf(extension)}
        number={extension.number}
        on={extension.dnd.on}
        className="absolute bottom-0 right-0 place-items-end p-[3px]"
      />
    </div>
  );
}

function IdleLine({ extension, status }: Pick<BodyProps, 'extension' | 'status'>) {
  const { dnd, presence } = extension;
  const until = endOf(extension, status);
  const text = status.tone === 'dnd' ? (dnd.note ?? (until || !dnd.by ? '' : `by ${dnd.by}`)) : presence.message;
  return (
    <>
      {until ? <Until at={until} className="shrink-0" /> : null}
      {until && text ? <span aria-hidden>·</span> : null}
      {text ? <span className="min-w-0 truncate">{text}</span> : null}
      <ForwardMarks extension={extension} brief={Boolean(text || until)} />
      <VoicemailMark count={extension.voicemail.new} />
    </>
  );
}

/** The end of what the tile tells; null: open. */
function endOf({ dnd, presence }: ExtensionRecord, status: Status): string | null {
  if (dnd.on) return dnd.until;
  return status.presence ? presence.until : null;
}

/** Everything there is to see, for few tiles. */
export function LargeBody({ extension, status, beside }: BodyProps) {
  const { dnd } = extension;
  const calls = status.call ? [status.call, ...status.others] : [];
  const until = endOf(extension, status);
  const note = largeNote(extension, beside);
  return (
    <div className="flex h-full flex-col pb-1.5 pl-3.5 pr-2 pt-2 text-[0.8125rem] leading-[1.125rem]">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate text-sm font-semibold leading-5 text-ink">{nameOf(extension)}</span>
        <UnsyncedMark extension={extension} />
        <span className="shrink-0 tabular-nums text-ink-2">{extension.number}</span>
      </div>
      {calls.length === 0 ? (
        <div className={clsx('mt-0.5 flex items-center gap-1.5 font-medium', statusInk(status))}>
          <StatusMark status={status} className="size-4 shrink-0" />
          <span className="truncate">{status.word}</span>
          {until ? <Until at={until} className="shrink-0 font-normal text-ink-2" /> : null}
        </div>
      ) : null}
      {calls.slice(0, 2).map((call) => (
        <LargeCall key={call.uniqueid} extension={extension} call={call} alone={calls.length === 1} />
      ))}
      {calls.length === 0 && note ? <div className="truncate text-xs leading-4 text-ink-2">{note}</div> : null}
      <div className="mt-auto flex h-6 items-center gap-2 text-xs text-ink-2">
        <PresenceMark look={beside} />
        {calls.length > 0 && note ? <span className="min-w-0 truncate">{note}</span> : null}
        {calls.length > 2 ? <MoreCalls calls={calls.slice(2)} /> : null}
        <ForwardMarks extension={extension} brief={calls.length > 1} />
        <VoicemailMark count={extension.voicemail.new} />
        <DndControl
          name={nameOf(extension)}
          number={extension.number}
          on={dnd.on}
          className="ml-auto place-items-center"
        />
      </div>
    </div>
  );
}

function largeNote({ dnd, presence }: ExtensionRecord, beside: PresenceLook | null): string {
  if (dnd.on) return dnd.note ?? (dnd.by ? `Set by ${dnd.by}` : 'Set at the phone');
  return [beside?.word, presence.message].filter(Boolean).join(': ');
}

interface LargeCallProps {
  readonly extension: ExtensionRecord;
  readonly call: ExtensionCall;
  readonly alone: boolean;
}

/** A single call has a line for its party; two share the room with a line each. */
function LargeCall({ extension, call, alone }: LargeCallProps) {
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
    <div className={clsx('mt-0.5', toneInk[tone])} {...lineHandle(extension, call)}>
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
