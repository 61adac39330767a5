import clsx from 'clsx';
import { type PresenceColour, presenceFill } from './choice-colour';

/** The colour that an administrator gave; for the eye alone. */
export function ColourDot({ colour }: { readonly colour: PresenceColour | null }) {
  if (colour === null) return null;
  return <span aria-hidden className={clsx('size-2.5 shrink-0 rounded-full', presenceFill[colour])} />;
}
