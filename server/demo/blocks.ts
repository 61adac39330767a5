import { type Bridge, type Channel, channelStateWords } from './model';

/** Header lines as Asterisk 22 writes them (main/manager_channels.c, main/manager_bridges.c); each ends in CRLF. */

const escapes: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '?': '\\?',
};

/** Asterisk's `ast_escape_c`: names and variable values are escaped, numbers are not. */
export function escapeC(text: string): string {
  let result = '';
  let plainFrom = 0;
  for (let at = 0; at < text.length; at += 1) {
    const escaped = escapes[text.charAt(at)];
    if (escaped === undefined) continue;
    result += text.slice(plainFrom, at) + escaped;
    plainFrom = at + 1;
  }
  return plainFrom === 0 ? text : result + text.slice(plainFrom);
}

/** One header; line ends in a value would forge headers, so they never leave the demo. */
export function header(name: string, value: string | number): string {
  return `${name}: ${typeof value === 'number' ? value : plain(value)}\r\n`;
}

export function plain(text: string): string {
  return text.includes('\n') || text.includes('\r') || text.includes('\0')
    ? text.replaceAll('\r', ' ').replaceAll('\n', ' ').replaceAll('\0', ' ')
    : text;
}

export function channelHeaders(channel: Channel, prefix = ''): string {
  return (
    `${prefix}Channel: ${channel.name}\r\n` +
    `${prefix}ChannelState: ${channel.state}\r\n` +
    `${prefix}ChannelStateDesc: ${channelStateWords[channel.state]}\r\n` +
    `${prefix}CallerIDNum: ${plain(channel.caller.num) || '<unknown>'}\r\n` +
    `${prefix}CallerIDName: ${escapeC(channel.caller.name) || '<unknown>'}\r\n` +
    `${prefix}ConnectedLineNum: ${plain(channel.connected.num) || '<unknown>'}\r\n` +
    `${prefix}ConnectedLineName: ${escapeC(channel.connected.name) || '<unknown>'}\r\n` +
    `${prefix}Language: ${channel.language}\r\n` +
    `${prefix}AccountCode: ${plain(channel.accountCode)}\r\n` +
    `${prefix}Context: ${plain(channel.context)}\r\n` +
    `${prefix}Exten: ${plain(channel.exten)}\r\n` +
    `${prefix}Priority: ${channel.priority}\r\n` +
    `${prefix}Uniqueid: ${channel.uniqueid}\r\n` +
    `${prefix}Linkedid: ${channel.linkedid}\r\n`
  );
}

export function bridgeHeaders(bridge: Bridge, prefix = ''): string {
  return (
    `${prefix}BridgeUniqueid: ${bridge.id}\r\n` +
    `${prefix}BridgeType: ${bridge.type}\r\n` +
    `${prefix}BridgeTechnology: ${bridge.technology}\r\n` +
    `${prefix}BridgeCreator: ${bridge.creator || '<unknown>'}\r\n` +
    `${prefix}BridgeName: ${bridge.name || '<unknown>'}\r\n` +
    `${prefix}BridgeNumChannels: ${bridge.members.length + bridge.hidden}\r\n` +
    `${prefix}BridgeVideoSourceMode: none\r\n`
  );
}
