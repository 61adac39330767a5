/** Classes of `write=` in manager.conf, any one of which allows an action (main/manager.c and the modules). */
const byClasses: Readonly<Record<string, string>> = {
  '': 'BridgeInfo BridgeList Challenge Events ListCommands Login Logoff Ping QueueStatus QueueSummary',
  call:
    'Atxfer BlindTransfer Bridge CancelAtxfer ConfbridgeKick ConfbridgeLock ConfbridgeMute ConfbridgeUnlock ConfbridgeUnmute ' +
    'Park ParkedCalls Parkinglots PlayDTMF Redirect Setvar',
  reporting: 'ConfbridgeList ConfbridgeListRooms ShowDialPlan',
  'system,reporting': 'CoreSettings CoreShowChannels CoreStatus DBGet DBGetTree PJSIPShowRegistrationsOutbound',
  system: 'DBDel DBDelTree DBPut Filter MixMonitor PJSIPNotify PJSIPShowContacts PJSIPShowEndpoint PJSIPShowEndpoints',
  'call,reporting':
    'DeviceStateList ExtensionStateList Getvar MailboxCount MailboxStatus PresenceState PresenceStateList VoicemailUsersList',
  'system,call': 'Hangup StopMixMonitor',
  originate: 'Originate',
  agent: 'QueueAdd QueuePause QueuePenalty QueueRemove',
  'system,call,reporting': 'Status',
  user: 'UserEvent',
};

interface Privilege {
  readonly name: string;
  /** Empty: anybody who has logged in. */
  readonly classes: readonly string[];
}

/** Action name in lower case → who may use it; by name, as ListCommands tells them. */
const privileges: ReadonlyMap<string, Privilege> = new Map(
  Object.entries(byClasses)
    .flatMap(([classes, names]) =>
      names.split(' ').map((name): Privilege => ({ name, classes: classes.split(',').filter(Boolean) })),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((privilege) => [privilege.name.toLowerCase(), privilege]),
);

/** May an account with these classes use the action? Actions nobody has written down are for nobody. */
export function isAllowed(action: string, write: ReadonlySet<string>): boolean {
  const needed = privileges.get(action.toLowerCase())?.classes;
  return needed !== undefined && (needed.length === 0 || needed.some((one) => write.has(one)));
}

/** ListCommands' lines: what this account may use. */
export function commandLines(write: ReadonlySet<string>): string {
  return [...privileges.values()]
    .filter(({ name }) => isAllowed(name, write))
    .map(
      ({ name, classes }) =>
        `${name}: ${name}.  (Priv: ${classes.length > 0 ? `${classes.join()},all` : '<none>'})\r\n`,
    )
    .join('');
}
