import type { AmiMessage } from '../ami/types';
import type { MissingFunction } from '../protocol/records';
import type { Access } from './access';

interface Need {
  readonly action: string;
  readonly feature: string;
  /** The `write=` class of manager.conf that is enough. */
  readonly needs: string;
}

/** What the panel reads; Asterisk checks `write=` for actions that read, too. */
const READS: readonly Need[] = [
  { action: 'CoreShowChannels', feature: 'Calls that were there before the panel', needs: 'reporting' },
  { action: 'ExtensionStateList', feature: 'Extensions', needs: 'reporting' },
  { action: 'DeviceStateList', feature: 'State of the phones at the start', needs: 'reporting' },
  { action: 'PresenceStateList', feature: 'Presence at the start', needs: 'reporting' },
  { action: 'ParkedCalls', feature: 'Parked calls at the start', needs: 'call' },
  { action: 'Parkinglots', feature: 'Parking lots', needs: 'call' },
  { action: 'ConfbridgeListRooms', feature: 'Conferences at the start', needs: 'reporting' },
  { action: 'DBGetTree', feature: 'Do not disturb, forwarding and names kept in AstDB', needs: 'reporting' },
  { action: 'VoicemailUsersList', feature: 'Voicemail', needs: 'reporting' },
  { action: 'PJSIPShowEndpoints', feature: 'PJSIP phones and trunks without a hint', needs: 'system' },
  { action: 'SIPpeers', feature: 'SIP phones and trunks without a hint', needs: 'reporting' },
  { action: 'IAXpeerlist', feature: 'IAX phones and trunks without a hint', needs: 'reporting' },
  { action: 'PJSIPShowRegistrationsOutbound', feature: 'Registrations of the trunks', needs: 'reporting' },
];

/** What operators do; whether the account may is told by ListCommands, which leaves out what it may not. */
const COMMANDS: readonly Need[] = [
  { action: 'Originate', feature: 'Calling by click, listening in', needs: 'originate' },
  { action: 'Redirect', feature: 'Transferring, picking up and hanging up', needs: 'call' },
  { action: 'DBPut', feature: 'Setting do not disturb and forwarding in AstDB directly', needs: 'system' },
  { action: 'MixMonitor', feature: 'Recording', needs: 'system' },
  { action: 'QueuePause', feature: 'Managing queue members', needs: 'agent' },
  { action: 'UserEvent', feature: 'Telling other panels of changes', needs: 'user' },
];

const MODULES: readonly Need[] = [
  { action: 'DeviceStateList', feature: 'State of each phone', needs: 'res_manager_devicestate' },
  { action: 'PresenceStateList', feature: 'Presence of each phone', needs: 'res_manager_presencestate' },
];

/** `commands`: the answer of ListCommands, null when it was refused. Modules that a PBX simply does without are no loss. */
export function missingFunctions(access: Access, commands: AmiMessage | null): MissingFunction[] {
  const denied = READS.filter(({ action }) => access.outcome(action) === 'denied').map(lacksClass);
  const absent = MODULES.filter(({ action }) => access.outcome(action) === 'absent').map(lacksModule);
  const off =
    commands === null
      ? []
      : COMMANDS.filter(({ action }) => commands.get(action) === undefined && !isUnused(action, access)).map(
          lacksClass,
        );
  return [...denied, ...absent, ...off];
}

/** QueuePause is also not there when no queue module is; then nobody misses it. */
function isUnused(action: string, access: Access): boolean {
  return action === 'QueuePause' && access.outcome('QueueStatus') !== 'ok';
}

function lacksClass({ feature, needs }: Need): MissingFunction {
  return {
    feature,
    needs,
    message: `${feature}: the AMI account lacks “${needs}” in its write= line of manager.conf.`,
  };
}

function lacksModule({ feature, needs }: Need): MissingFunction {
  return { feature, needs, message: `${feature}: Asterisk has not loaded the module ${needs}.so.` };
}
