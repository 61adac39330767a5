import type { ReactNode } from 'react';
import type { ExtensionRecord } from '@/server/protocol/records';

/** Voicemail, department and the device, as far as there is something to say. */
export function Facts({ extension }: { readonly extension: ExtensionRecord }) {
  const { voicemail, device, devices, group, tags } = extension;
  const rows: [string, ReactNode][] = [
    ['Voicemail', voicemail.new + voicemail.old > 0 ? `${voicemail.new} new, ${voicemail.old} old` : null],
    ['Department', group],
    ['Tags', tags.join(', ')],
    ['Phone', devices.length > 1 ? devices.join(', ') : device],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
      {rows
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{label}</dt>
            <dd className="break-words text-ink">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
