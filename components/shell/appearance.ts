'use client';

import { useSyncExternalStore } from 'react';
import type { Appearance } from '@/server/protocol/appearance';
import { setPanelLocale } from '../ui/region';
import { createStore } from '../ui/store';

/** The panel's name and logo. `known` false: the pages as they were built, before they come to life. */
export interface Shown {
  readonly known: boolean;
  readonly name: string;
  readonly logo: string | null;
}

const builtIn: Shown = { known: false, name: 'Cordboard', logo: null };
const stylePath = '/api/v1/appearance/style.css';

const shown = createStore<Shown>(atStart());
let version = startOf()?.version ?? 0;

/** What /api/v1/appearance/start.js left for the page. */
function startOf(): Appearance | undefined {
  return (globalThis as { cordboardAppearance?: Appearance }).cordboardAppearance;
}

function atStart(): Shown {
  const start = startOf();
  return start ? { known: true, name: start.name, logo: start.logo } : { ...builtIn, known: true };
}

/** Renders again when an administrator changes it. */
export function useBrand(): Shown {
  return useSyncExternalStore(shown.subscribe, shown.get, () => builtIn);
}

/** Shows what an administrator has just saved, without loading the page anew. */
export function applyAppearance(next: Appearance): void {
  if (next.version === version) return;
  version = next.version;
  const before = shown.get().name;
  shown.set({ known: true, name: next.name, logo: next.logo });
  setPanelLocale(next.locale);
  if (document.title.endsWith(before)) document.title = document.title.slice(0, -before.length) + next.name;
  document.querySelector('link[rel="icon"]')?.setAttribute('href', next.icon ?? '/icon.svg');
  const old = document.querySelector<HTMLLinkElement>(`link[href^="${stylePath}"]`);
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `${stylePath}?v=${version}`;
  // The old colours stay until the new ones are there.
  link.addEventListener('load', () => old?.remove());
  document.head.append(link);
}

/** Asks the server how the panel looks now. */
export async function refreshAppearance(): Promise<void> {
  try {
    const response = await fetch('/api/v1/appearance', { credentials: 'omit' });
    if (response.ok) applyAppearance((await response.json()) as Appearance);
  } catch {
    // The page looks as it did; the next connection asks again.
  }
}
