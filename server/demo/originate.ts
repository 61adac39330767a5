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
  let leg: Channel | null = null;
  new Dial(engine, {
    caller: null,
    targets: [target],
    timeoutMs: request.timeoutMs,
    shown: request.callerId ?? undefined,
    begun: (channel) => {
      leg = channel;
      channel.exten = request.exten;
      if (request.context) channel.context = request.context;
    },
    answered: (channel) => {
      respond(engine, request, channel, true, 4);
      channel.pbx = true;
      if (request.application) runApplication(engine, request, channel);
      else engine.dialplan.enter(channel, request.context, request.exten);
    },
    failed: (status) => respond(engine, request, leg, false, status === 'BUSY' ? 5 : status === 'NOANSWER' ? 3 : 0),
  }).start();
}

function runApplication(engine: Engine, request: OriginateRequest, channel: Channel): void {
  const hangup = () => engine.channels.hangup(channel, { by: 'soft' });
  const spying = /^(ChanSpy|ExtenSpy|Echo|MusicOnHold|ConfBridge|Wait)$/i.test(request.application);
  if (/^ConfBridge$/i.test(request.application)) {
    engine.channels.setApp(channel, 'ConfBridge', request.data);
    engine.conferences.join(channel, request.data.split(',')[0] ?? '', false);
  } else engine.dialplan.runApp(channel, request.application, request.data, spying ? null : 5_000, hangup);
}

function respond(
  engine: Engine,
  request: OriginateRequest,
  channel: Channel | null,
  ok: boolean,
  reason: number,
): void {
  const place = request.application
    ? header('Application', request.application) + header('Data', request.data)
    : header('Context', request.context) + header('Exten', request.exten);
  engine.core.emit(
    'call',
    'OriginateResponse',
    (request.actionId ? header('ActionID', request.actionId) : '') +
      header('Response', ok ? 'Success' : 'Failure') +
      header('Channel', ok && channel ? channel.name : request.channel) +
      place +
      header('Reason', reason) +
      header('Uniqueid', ok && channel ? channel.uniqueid : '<unknown>') +
      header('CallerIDNum', request.callerId?.num || '<unknown>') +
      header('CallerIDName', request.callerId?.name || '<unknown>'),
  );
}
