import type { Fields } from './raw-ami';

/** One action that availability is made of; `least`: asked with an account that may only `call` and read `reporting`. */
export interface Question {
  readonly action: string;
  readonly fields: Fields;
  readonly least?: boolean;
}

const put = (Family: string, Key: string, Val: string): Question => ({ action: 'DBPut', fields: { Family, Key, Val } });
const del = (Family: string, Key: string): Question => ({ action: 'DBDel', fields: { Family, Key } });
const get = (Variable: string): Question => ({ action: 'Getvar', fields: { Variable } });
const set = (Variable: string, Value: string): Question => ({ action: 'Setvar', fields: { Variable, Value } });
const least = (question: Question): Question => ({ ...question, least: true });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const astDb: readonly Question[] = [
  put('DND', '104', 'YES'),
  put('DND', '104', ''),
  put('', '104', 'YES'),
  put('DND', '', 'YES'),
  put('TEST', 'Grüße', 'täglich: 8–17 "Uhr"'),
  put('fop2state', 'PJSIP/104', 'Do not Disturb'),
  put('fop2state/SIP', '1000', 'Out to lunch'),
  { action: 'DBPut', fields: { Family: 'TEST', Key: 'none' } },
  put('TEST', 'long', 'x'.repeat(1000)),
  put('TEST', 'k'.repeat(300), 'x'),
  { action: 'DBGet', fields: { Family: 'DND', Key: '104' } },
  { action: 'DBGet', fields: { Family: 'DND', Key: '199' } },
  { action: 'DBGet', fields: { Family: 'dnd', Key: '104' } },
  { action: 'DBGet', fields: { Family: 'TEST', Key: 'long' } },
  { action: 'DBGet', fields: { Family: '', Key: '104' } },
  { action: 'DBGet', fields: { Family: 'DND', Key: '' } },
  { action: 'DBGetTree', fields: { Family: 'fop2state' } },
  { action: 'DBGetTree', fields: { Family: 'fop2state', Key: 'SIP' } },
  { action: 'DBGetTree', fields: { Family: 'DND' } },
  { action: 'DBGetTree', fields: { Family: 'NOTHING' } },
  { action: 'DBGetTree', fields: { Family: 'TEST' } },
  del('DND', '104'),
  del('DND', '104'),
  del('', '104'),
  del('DND', ''),
  del('fop2state', 'PJSIP'),
  { action: 'DBDelTree', fields: { Family: 'fop2state', Key: 'PJSIP' } },
  { action: 'DBDelTree', fields: { Family: 'fop2state' } },
  { action: 'DBDelTree', fields: { Family: 'fop2state' } },
  { action: 'DBDelTree', fields: { Family: '' } },
  { action: 'DBDelTree', fields: { Family: 'TEST' } },
  { action: 'DBGetTree', fields: { Family: 'fop2state' } },
];

const functions: readonly Question[] = [
  set('DB(DND/104)', 'YES'),
  get('DB(DND/104)'),
  get('DB_EXISTS(DND/104)'),
  get('DB_EXISTS(DND/199)'),
  get('DB_DELETE(DND/104)'),
  get('DB(DND/104)'),
  put('DND', '104', 'YES'),
  set('DB_DELETE(DND/104)', ''),
  { action: 'DBGet', fields: { Family: 'DND', Key: '104' } },
  put('DND', '104', 'YES'),
  get('DB_DELETE(DND/104)'),
  get('DB_EXISTS(DND/104)'),
  { action: 'DBGet', fields: { Family: 'DND', Key: '104' } },
  del('DND', '104'),
  set('DB(DND)', 'YES'),
  get('DB(DND)'),
  get('DB_DELETE(DND)'),
  set('DB(fop2state/PJSIP/104)', 'Meeting'),
  get('DB(fop2state/PJSIP/104)'),
  get('DB_KEYS(fop2state)'),
  get('DB_DELETE(fop2state/PJSIP/104)'),
  set('SOMETHING', 'global'),
  get('SOMETHING'),
  set('NO_SUCH_FUNCTION(x)', '1'),
  get('NO_SUCH_FUNCTION(x)'),
  set('', 'x'),
  get(''),
];

const lamps: readonly Question[] = [
  get('DEVICE_STATE(Custom:DND104)'),
  set('DEVICE_STATE(Custom:DND104)', 'BUSY'),
  set('DEVICE_STATE(Custom:DND104)', 'BUSY'),
  get('DEVICE_STATE(Custom:DND104)'),
  set('DEVICE_STATE(Custom:DND104)', 'inuse'),
  get('DEVICE_STATE(Custom:DND104)'),
  set('DEVICE_STATE(Custom:DND104)', 'NONSENSE'),
  get('DEVICE_STATE(Custom:DND104)'),
  set('DEVICE_STATE(Custom:DND104)', 'NOT_INUSE'),
  set('DEVICE_STATE(Custom:CF104)', 'INUSE'),
  set('DEVICE_STATE(Custom:CF104)', 'NOT_INUSE'),
  set('DEVICE_STATE(custom:CF104)', 'INUSE'),
  set('DEVICE_STATE(PJSIP/104)', 'BUSY'),
  set('DEVICE_STATE(Custom:)', 'BUSY'),
  { action: 'DBGetTree', fields: { Family: 'CustomDevstate' } },
  get('DEVICE_STATE(PJSIP/104)'),
  get('DEVICE_STATE(Custom:never)'),
];

const presence = 'PRESENCE_STATE(CustomPresence:101)';
const fields: readonly Question[] = ['value', 'subtype', 'message', 'subtype,e', 'message,e'].map((field) =>
  get(`PRESENCE_STATE(CustomPresence:101,${field})`),
);
const hard = 'Back at 14:00, maybe; "O\'Brien"\nsecond line \\ Grüße ? 😀';
const presences: readonly Question[] = [
  ...fields,
  set(presence, 'away'),
  ...fields,
  set(presence, 'away'),
  set(presence, 'away,lunch,Back at one'),
  ...fields,
  set(presence, 'away,lunch,Back at one, or two'),
  ...fields,
  set(presence, 'dnd,,Don\'t "call" me'),
  ...fields,
  set(presence, `xa,${base64('Urlaub, weit weg')},${base64(hard)},e`),
  ...fields,
  set(presence, `chat,,${base64('nur so')},e`),
  ...fields,
  set(presence, `chat,${base64('nur so')},,e`),
  ...fields,
  set(presence, `away,,${base64('é'.repeat(300))},e`),
  ...fields,
  { action: 'PresenceStateList', fields: {} },
  { action: 'PresenceState', fields: { Provider: 'CustomPresence:101' } },
  { action: 'DBGet', fields: { Family: 'CustomPresence', Key: '101' } },
  set(presence, `away,,${base64('a'.repeat(254))},e`),
  set(presence, `away,,${base64('a'.repeat(256))},e`),
  set(presence, `away,${base64('s'.repeat(300))},${base64('m'.repeat(300))},e`),
  set(presence, `away,${'s'.repeat(100)},${'m'.repeat(400)}`),
  ...fields,
  set(presence, 'AWAY'),
  set(presence, 'lunch'),
  set(presence, ''),
  set(presence, 'away,,,e'),
  set(presence, 'away,lunch,x,q'),
  ...fields,
  set('PRESENCE_STATE(101)', 'away'),
  set('PRESENCE_STATE(SIP:101)', 'away'),
  set('PRESENCE_STATE(CustomPresence:)', 'away'),
  set('PRESENCE_STATE(CustomPresence:102)', 'away,,No hint has it'),
  get('PRESENCE_STATE(CustomPresence:102,message)'),
  get('PRESENCE_STATE(CustomPresence:101)'),
  get('PRESENCE_STATE(CustomPresence:101,nonsense)'),
  get('PRESENCE_STATE(CustomPresence:199,value)'),
  get('PRESENCE_STATE(101,value)'),
  { action: 'PresenceState', fields: { Provider: 'CustomPresence:102' } },
  { action: 'PresenceState', fields: { Provider: 'CustomPresence:199' } },
  { action: 'PresenceState', fields: { Provider: 'Nothing:199' } },
  { action: 'PresenceState', fields: {} },
  set(presence, 'available'),
  { action: 'PresenceStateList', fields: {} },
  set('PRESENCE_STATE(CustomPresence:102)', 'not_set'),
  set(presence, 'not_set'),
  { action: 'PresenceStateList', fields: {} },
];

const userEvents: readonly Question[] = [
  {
    action: 'UserEvent',
    fields: { UserEvent: 'FOP2ASTDB', Family: 'fop2state', Value: 'Do not Disturb', Channel: 'PJSIP/104' },
  },
  { action: 'UserEvent', fields: { UserEvent: 'FOP2ASTDB', Family: 'fop2state', Value: '', Channel: 'PJSIP/104' } },
  { action: 'UserEvent', fields: { UserEvent: 'FOP2CUST', Family: 'astdbcust', Channel: 'PJSIP/104', Value: '105' } },
  { action: 'UserEvent', fields: { UserEvent: 'Odd', Value: ['a: b, \'c\' \\ "d"', 'again', 'Grüße'] } },
  { action: 'UserEvent', fields: { Family: 'fop2state' } },
  { action: 'UserEvent', fields: { userevent: 'lower', channel: 'x' } },
];

const pause106 = (fields: Fields): Question => ({
  action: 'QueuePause',
  fields: { Interface: 'PJSIP/106', ...fields },
});
const queues: readonly Question[] = [
  pause106({ Queue: 'support', Paused: 'true', Reason: 'Do not disturb' }),
  pause106({ Queue: 'support', Paused: 'true', Reason: 'Do not disturb' }),
  pause106({ Queue: 'support', Paused: 'true', Reason: 'r'.repeat(200) }),
  pause106({ Queue: 'support', Paused: 'true', Reason: 'It\'s "lunch", Grüße' }),
  pause106({ Queue: 'support', Paused: 'false', Reason: 'over' }),
  pause106({ Queue: 'support', Paused: 'true' }),
  pause106({ Paused: 'false' }),
  pause106({ Queue: 'billing', Paused: 'true' }),
  pause106({ Queue: 'nowhere', Paused: 'true' }),
  pause106({ Queue: 'support' }),
  { action: 'QueuePause', fields: { Queue: 'support', Paused: 'true' } },
  { action: 'QueuePause', fields: { Queue: 'support', Interface: 'PJSIP/199', Paused: 'true' } },
];

const refused: readonly Question[] = [
  put('DND', '104', 'YES'),
  del('DND', '104'),
  { action: 'DBGet', fields: { Family: 'DND', Key: '104' } },
  { action: 'DBGetTree', fields: { Family: 'DND' } },
  set('DEVICE_STATE(Custom:DND104)', 'BUSY'),
  set('DEVICE_STATE(Custom:DND104)', 'NOT_INUSE'),
  set(presence, 'away,,Without system'),
  set(presence, 'not_set'),
  set('DB(DND/104)', 'YES'),
  get('DB(DND/104)'),
  get('DB_DELETE(DND/104)'),
  { action: 'UserEvent', fields: { UserEvent: 'FOP2ASTDB', Family: 'fop2state', Value: '', Channel: 'PJSIP/104' } },
  pause106({ Queue: 'support', Paused: 'true' }),
  { action: 'NoSuchAction', fields: {} },
].map(least);

/** Asked in this order: each finds what those before it left. */
export const questions: readonly Question[] = [
  ...astDb,
  ...functions,
  ...lamps,
  ...presences,
  ...userEvents,
  ...queues,
  ...refused,
  { action: 'ListCommands', fields: {} },
  least({ action: 'ListCommands', fields: {} }),
];
