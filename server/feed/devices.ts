import type { AmiMessage } from '../ami/types';
import type { DeviceState, PbxEvent } from '../pbx/events';
import { integer, text } from './values';

const STATES: ReadonlySet<string> = new Set<DeviceState>([
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
  'UNKNOWN',
]);

export function deviceState(value: string): DeviceState {
  const word = value.trim().toUpperCase();
  return STATES.has(word) ? (word as DeviceState) : 'UNKNOWN';
}

/**
 * A phone or a line (`PJSIP/101`), not a state that Asterisk or the dialplan made up (`Custom:DND101`, `Queue:support`,
 * `park:701@parkedcalls`, `MWI:…`) and not a Local channel.
 */
export function isRealDevice(device: string): boolean {
  const slash = device.indexOf('/');
  if (slash <= 0 || slash === device.length - 1) return false;
  const tech = device.slice(0, slash);
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(tech) && !/^(?:local|message|surrogate)$/i.test(tech);
}

/** DeviceStateChange (main/devicestate.c), of real devices only. */
export function deviceEvents(message: AmiMessage, at: number): PbxEvent[] {
  const device = text(message, 'Device');
  if (!isRealDevice(device)) return [];
  return [{ type: 'device', at, device, state: deviceState(text(message, 'State')) }];
}

/** `Status` of ExtensionStatus: bits of enum ast_extension_states (include/asterisk/pbx.h). */
export function extensionStatus(message: AmiMessage): DeviceState {
  const bits = integer(message, 'Status', { min: -3, max: 63, or: -1 });
  if (bits < 0) return 'UNKNOWN';
  if (bits === 0) return 'NOT_INUSE';
  if ((bits & 8) !== 0) return (bits & 1) !== 0 ? 'RINGINUSE' : 'RINGING';
  if ((bits & 16) !== 0) return 'ONHOLD';
  if ((bits & 1) !== 0) return 'INUSE';
  if ((bits & 2) !== 0) return 'BUSY';
  return 'UNAVAILABLE';
}
