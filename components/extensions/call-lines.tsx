import clsx from 'clsx';
import type { ExtensionRecord } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { Timer } from '../live/timer';
import { DirectionArrow } from './marks';
import { StateMark, toneInk } from './state-mark';
import { lineSince, lineTone, lineWord, sortCalls } from './status';

/** Every call of an extension, one below the other. */
export function CallLines({ extension }: { readonly extension: ExtensionRecord }) {
  if (extension.calls.length === 0) return null;
  return (
    <ul aria-label="Calls" className="flex flex-col gap-1.5">
      {sortCalls(extension.calls).map((call) => (
        <li
          key={call.uniqueid}
          {...callHandle({ kind: 'line', extension: extension.number, own: call.uniqueid })}
          className="flex items-start gap-2 rounded text-[0.8125rem] leading-[1.125rem]"
        >
          <StateMark tone={lineTone(call.state)} className="mt-px shrink-0" />
          <div className="min-w-0 flex-1">
            <div className={clsx('flex items-center gap-1 font-medium', toneInk[lineTone(call.state)])}>
              <span>{lineWord(call.state)}</span>
              <DirectionArrow direction={call.direction} />
              <span className="ml-auto">
                <Timer since={lineSince(call)} />
              </span>
            </div>
            <div className="break-words text-ink">{call.party.name || call.party.number || 'Unknown'}</div>
            <div className="text-xs text-ink-2">
              {[call.party.name ? call.party.number : '', call.queue ? `queue ${call.queue}` : '']
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
