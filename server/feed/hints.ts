import { isRealDevice } from './devices';

export interface Hint {
  readonly number: string;
  readonly context: string;
  /** Real devices, in the hint's order. */
  readonly devices: readonly string[];
  /** `CustomPresence:101` of the presence part; '' without one. */
  readonly presentity: string;
  /** True when the device part holds nothing but `devices`. */
  readonly pure: boolean;
}

/**
 * Reads `PJSIP/101&Custom:DND101,CustomPresence:101` (devices joined by `&`, after the comma the presence provider).
 * Null for hints that are no extension: patterns, feature codes (`*78101`, `#72`), hints without a real device
 * (Custom-only, parking spaces, queues, conference rooms).
 */
export function readHint(number: string, context: string, hint: string): Hint | null {
  if (number === '' || number.length > 80 || /^[_*#]/.test(number)) return null;
  const comma = hint.indexOf(',');
  const devicePart = comma < 0 ? hint : hint.slice(0, comma);
  const parts = devicePart.split('&').map((part) => part.trim());
  const devices = [...new Set(parts.filter(isRealDevice))];
  if (devices.length === 0) return null;
  const presentity = comma < 0 ? '' : hint.slice(comma + 1).trim();
  return { number, context, devices, presentity, pure: parts.filter((part) => part !== '').every(isRealDevice) };
}
