import { header } from './blocks';
import { Dial, type DialTarget } from './dialing';
import type { Engine } from './engine';
import type { Channel, Party } from './model';

export interface OriginateRequest {
  /** `PJSIP/101`, `PJSIP/0301234@carrier-a` or `Local/101@from-internal[/n]`. */
  readonly channel: string;
  readonly context: string;
  readonly exten: string;
  readonly application: string;
  readonly data: string;
  readonly callerId: Party | null;
  readonly timeoutMs: number;
  readonly actionId: string;
  /** Uniqueid of the new channel, and of a Local channel's other half. */
  readonly uniqueid?: string;
  readonly otherUniqueid?: string;
  /** `CALLERID(num)=101`. */
  readonly variables?: readonly string[];
}

/** What Asterisk's tech/resource string means here; undefined when no such technology is loaded. */
export function parseChannel(text: string): DialTarget | undefined {
  const local = /^Local\/([^@/]+)@([^/]+)(\/n)?$/.exec(text);
  if (local) return { local: local[1] ?? '', context: local[2] ?? '', optimise: !local[3] };
  const pjsip = /^PJSIP\/([^@/]+)(?:@([^/]+))?$/.exec(text);
  if (!pjsip?.[1]) return undefined;
  return pjsip[2] ? { device: `PJSIP/${pjsip[2]}`, number: pjsip[1] } : { device: `PJSIP/${pjsip[1]}` };
}

/** Rings a phone and, once answered, runs the dialplan or an application on it; tells by OriginateResponse. */
export function originate(engine: Engine, request: OriginateRequest, target: DialTarget): void {
  const { uniqueid, otherUniqueid } = request;
  const ringing: { leg: Channel | null } = { leg: null };
  if ([uniqueid, otherUniqueid].some((id) => id !== undefined && engine.channels.byId.has(id))) {
    respond(engine, request, null, 0);
    return;
  }
  new Dial(engine, {
    caller: null,
    targets: [{ ...target, uniqueid, otherUniqueid }],
    timeoutMs: request.timeoutMs,
    begun: (channel) => {
      ringing.leg = channel;
      prepare(engine, request, channel);
    },
    answered: (channel) => {
      respond(engine, request, channel, 4);
      if (request.application) engine.applications.run(channel, request.application, request.data);
      else engine.dialplan.enter(channel, request.context, request.exten);
    },
    // Asterisk tells "nobody answered" from other ways to fail; "busy" behind a Local channel alone.
    failed: (status) => {
      const busy = status === 'BUSY' && 'local' in target;
      respond(engine, request, null, ringing.leg?.hangupCause === 19 ? 3 : busy ? 5 : 0);
    },
  }).start();
}

/** What the phone shows: `CallerID` is both who calls and whom; the variables can tell them apart. */
function prepare(engine: Engine, { callerId, variables = [] }: OriginateRequest, channel: Channel): void {
  const { channels, functions } = engine;
  channels.setApp(channel, 'AppDial2', '(Outgoing Line)');
  if (callerId) {
    // Whom a Local channel calls sees it as well, at the other half.
    for (const half of channel.mate ? [channel, channel.mate] : [channel]) {
      channels.setCaller(half, callerId);
      channels.setConnected(half, callerId);
    }
  }
  // Asterisk keeps its list with the last one first.
  for (const text of [...variables].reverse()) {
    const at = text.indexOf('=');
    if (at > 0) functions.set(text.slice(0, at), text.slice(at + 1), channel);
  }
}

function respond(engine: Engine, request: OriginateRequest, channel: Channel | null, reason: number): void {
  const place = request.application
    ? header('Application', request.application) + header('Data', request.data)
    : header('Context', request.context) + header('Exten', request.exten);
  engine.core.emit(
    'call',
    'OriginateResponse',
    (request.actionId ? header('ActionID', request.actionId) : '') +
      header('Response', channel ? 'Success' : 'Failure') +
      header('Channel', channel?.name ?? request.channel) +
      place +
      header('Reason', reason) +
      header('Uniqueid', channel?.uniqueid ?? request.uniqueid ?? '<unknown>') +
      header('CallerIDNum', request.callerId?.num || '<unknown>') +
      header('CallerIDName', request.callerId?.name || '<unknown>'),
  );
}
