import type { Engine } from './engine';
import { type Channel, type DeviceState, deviceStates, type Party } from './model';

const knownStates: ReadonlySet<string> = new Set(deviceStates);
/** Functions that reach beyond the call: AMI may neither read nor set them (`live_dangerously = no`). */
const dangerous = new Set(['DB']);
/** Scripts cannot fill the memory. */
const mostGlobals = 1_000;

/** What dialplan functions and variables are, seen through Getvar and Setvar. */
export class Functions {
  private readonly globals = new Map<string, string>();

  constructor(private readonly engine: Engine) {}

  /** False: Asterisk answers "Variable not set". */
  set(variable: string, value: string, channel: Channel | undefined): boolean {
    const { name, argument } = split(variable);
    if (name === null) {
      if (channel) channel.variables.set(variable, value);
      else if (this.globals.size < mostGlobals) this.globals.set(variable, value);
      return true;
    }
    if (dangerous.has(name)) return false;
    const { features, presence } = this.engine;
    if (name === 'DEVICE_STATE') return this.setDevice(argument, value.toUpperCase());
    if (name === 'PRESENCE_STATE') return presence.set(argument, value);
    if (name === 'DB_DELETE') {
      const [family, key] = path(argument);
      if (family) features.del(family, key);
      return family !== '';
    }
    if (!channel) return false;
    if (name === 'CALLERID' || name === 'CONNECTEDLINE') return this.setParty(channel, name, argument, value);
    // Of the channel, PJSIP_HEADER among them: taken, and read by whoever knows it.
    channel.variables.set(variable, value);
    return true;
  }

  private setParty(channel: Channel, name: 'CALLERID' | 'CONNECTEDLINE', argument: string, value: string): boolean {
    const { channels } = this.engine;
    const field = argument.split(',')[0] ?? '';
    const party = name === 'CALLERID' ? channel.caller : channel.connected;
    if (field !== 'num' && field !== 'name') return true;
    const changed = { ...party, [field]: value };
    if (name === 'CALLERID') channels.setCaller(channel, changed);
    else channels.setConnected(channel, changed);
    return true;
  }

  get(variable: string, channel: Channel | undefined): string {
    const { name, argument } = split(variable);
    if (name === 'DEVICE_STATE') return this.engine.devices.state(argument);
    if (name === 'PRESENCE_STATE') return this.presence(argument);
    if (name === 'DB_EXISTS') return this.engine.features.get(...path(argument)) === undefined ? '0' : '1';
    if (!channel) return name === null ? (this.globals.get(variable) ?? '') : '';
    if (name === 'CDR') return cdr(argument, channel.createdAt, channel.answeredAt);
    if (name === 'CHANNEL' && argument.startsWith('linkedid')) return channel.linkedid;
    if (name === 'CALLERID') return partyField(channel.caller, argument);
    if (name === 'CONNECTEDLINE') return partyField(channel.connected, argument);
    return channel.variables.get(variable) ?? (variable === 'FROM_DID' ? channel.did : '');
  }

  private setDevice(device: string, state: string): boolean {
    const name = /^custom:(.+)$/i.exec(device)?.[1];
    if (name === undefined || !knownStates.has(state)) return false;
    this.engine.features.setLamp(name, state as DeviceState);
    return true;
  }

  private presence(argument: string): string {
    const [presentity = '', field = '', option = ''] = argument.split(',');
    const { state, subtype, message } = this.engine.presence.read(presentity);
    if (!presentity.startsWith('CustomPresence:')) return '';
    if (field === 'value') return state;
    const text = field === 'subtype' ? subtype : field === 'message' ? message : '';
    return option === 'e' ? Buffer.from(text).toString('base64') : text;
  }
}

/** `DB(DND/101)` is a function and its argument; anything else a plain variable (`name` null). */
function split(variable: string): { readonly name: string | null; readonly argument: string } {
  const [, name = null, argument = ''] = /^(\w+)\((.*)\)$/.exec(variable) ?? [];
  return { name, argument };
}

function partyField({ num, name }: Party, argument: string): string {
  const field = argument.split(',')[0];
  if (field === 'num') return num;
  return field === 'name' ? name : field === 'all' ? `"${name}" <${num}>` : '';
}

/** `fop2state/PJSIP/101` → family `fop2state`, key `PJSIP/101`. */
function path(argument: string): [family: string, key: string] {
  const at = argument.indexOf('/');
  return at <= 0 ? ['', ''] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** `CDR(answer,u)`: epoch seconds with six decimals, "0.000000" while not answered. */
function cdr(argument: string, start: number, answer: number | null): string {
  const [field = '', option = ''] = argument.split(',');
  const at = field === 'start' ? start : field === 'answer' ? answer : null;
  if (at === null) return option === 'u' ? '0.000000' : '';
  return option === 'u' ? (at / 1000).toFixed(6) : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
