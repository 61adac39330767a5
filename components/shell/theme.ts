import type { Layout } from '@/server/protocol/layout';

export type ThemeChoice = Layout['theme'];

/** Also read by public/theme.js, before the first paint. */
const storageKey = 'cordboard-theme';

export function storedTheme(): ThemeChoice {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

/** Show it, and remember it for the next first paint. */
export function applyTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that keeps nothing shows the system's theme next time.
  }
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Follow the system while the choice is `system`. Returns the stop. */
export function followSystem(choice: ThemeChoice): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const changed = () => applyTheme(choice);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
