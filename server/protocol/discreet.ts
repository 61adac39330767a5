import type { ExtensionRecord } from './records';

/** What an extension's privacy means. Free of zod, for the browser as well. */

type Private = Pick<ExtensionRecord, 'privacy'>;

/** Nobody listens to it or records it. */
export function isUnmonitored(record: Private | undefined): boolean {
  return record?.privacy === 'monitor' || record?.privacy === 'all';
}

/** Nobody else is told whom it speaks with outside. */
export function isDiscreet(record: Private | undefined): boolean {
  return record?.privacy === 'clid' || record?.privacy === 'all';
}
