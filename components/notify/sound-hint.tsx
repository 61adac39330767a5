'use client';

import { VolumeX } from 'lucide-react';
import { useStore } from '../ui/store';
import { soundState } from './notifications';

/** Browsers keep a page silent until somebody presses something in it. Any press will do: this one is to be seen. */
export function SoundHint() {
  const waits = useStore(soundState, (v) => v.waits);
  if (!waits) return null;
  return (
    <button
      type="button"
      className="flex h-6 shrink-0 cursor-pointer items-center gap-1 rounded px-1.5 text-xs text-ink-2 hover:bg-hover hover:text-ink"
    >
      <VolumeX aria-hidden className="size-3.5" />
      Click to allow sound
    </button>
  );
}
