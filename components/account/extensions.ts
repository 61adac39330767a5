'use client';

import { useCallback, useRef, useState } from 'react';
import { z } from 'zod';
import { call } from '../auth/api';

export interface ExtensionChoice {
  readonly number: string;
  readonly name: string;
}

const extensionList = z.object({ extensions: z.array(z.object({ number: z.string(), name: z.string() })) });

/** The extensions of the PBX, read when `load` is first called; null until then. */
export function useExtensionChoices(): { choices: readonly ExtensionChoice[] | null; load: () => void } {
  const [choices, setChoices] = useState<readonly ExtensionChoice[] | null>(null);
  const asked = useRef(false);
  const load = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    void call(extensionList, 'state').then((outcome) => {
      if (outcome.ok) setChoices([...outcome.value.extensions].sort(byNumber));
      else asked.current = false;
    });
  }, []);
  return { choices, load };
}

function byNumber(a: ExtensionChoice, b: ExtensionChoice): number {
  return a.number.localeCompare(b.number, 'en', { numeric: true });
}
