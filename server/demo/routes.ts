import type { DialTarget } from './dialing';

export interface DialplanExtension {
  readonly exten: string;
  readonly ringSeconds: number;
  /** `101@default`, or empty: an unanswered call just ends. */
  readonly mailbox: string;
  /** Busy goes to voicemail too, as FreePBX does; else the caller hears busy. */
  readonly voicemailOnBusy: boolean;
}

/** Where a number leads. */
export type Route =
  | { readonly kind: 'extension'; readonly extension: DialplanExtension }
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'conference'; readonly room: string; readonly admin: boolean }
  | { readonly kind: 'ringgroup'; readonly targets: readonly DialTarget[]; readonly seconds: number }
  | { readonly kind: 'outbound'; readonly trunk: string; readonly strip: number }
  | { readonly kind: 'park' }
  | { readonly kind: 'space'; readonly space: number }
  | { readonly kind: 'voicemail'; readonly mailbox: string }
  | { readonly kind: 'feature'; readonly code: 'dnd-on' | 'dnd-off' | 'voicemail-main' | 'echo' }
  /** Forwards the caller's own phone; null: no longer. */
  | { readonly kind: 'forward'; readonly family: 'CF' | 'CFB' | 'CFU'; readonly to: string | null }
  /** Waits with music until somebody fetches the call, or hears it ring. */
  | { readonly kind: 'music' | 'ringing' }
  /** `exten` empty: any phone of the own group. */
  | { readonly kind: 'pickup'; readonly exten: string }
  | { readonly kind: 'goto'; readonly exten: string };
