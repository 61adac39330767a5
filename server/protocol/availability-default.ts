import type { AvailabilitySettings } from './availability';
import { defaultNumberRules } from './number-rules';
import type { PresenceChoice } from './records';

/** The states people know from FOP2, each with the state that phones understand. */
export const defaultStates: PresenceChoice[] = [
  { name: 'Available', colour: 'green', icon: 'check', state: 'available', subtype: '' },
  { name: 'Do not disturb', colour: 'red', icon: 'bell-off', state: 'dnd', subtype: '' },
  { name: 'Out to lunch', colour: 'blue', icon: 'utensils', state: 'away', subtype: 'lunch' },
  { name: 'Break', colour: 'yellow', icon: 'coffee', state: 'away', subtype: 'break' },
  { name: 'Meeting', colour: 'purple', icon: 'users', state: 'xa', subtype: 'meeting' },
  { name: 'Away', colour: 'orange', icon: 'clock', state: 'away', subtype: '' },
  { name: 'Gone for the day', colour: 'grey', icon: 'home', state: 'unavailable', subtype: '' },
];

export const defaultAvailability: AvailabilitySettings = {
  order: ['astdb', 'presence', 'dfks', 'fop2'],
  enabled: { astdb: true, fop2: true, presence: true },
  dfks: {
    enabled: false,
    url: '',
    domain: '',
    assigned: ['DoNotDisturb', 'CallForwardingAlways', 'CallForwardingBusy', 'CallForwardingNoAnswer'],
  },
  presenceRule: 'both',
  states: defaultStates,
  queuePause: { enabled: false, reason: 'Do not disturb' },
  numbers: defaultNumberRules,
};
