const storageKey = 'cordboard-single-keys';

/** Shortcuts of one key can be turned off: they get in the way of speech input (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Then they stay on.
  }
}
