import type { AmiAction, AmiReply } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';
import type { Route } from './routes';

/** What the dialplan has, as `ShowDialPlan` lists it. */
export const dialplanActions: Readonly<Record<string, AmiAction>> = {
  ShowDialPlan(engine, request, reply) {
    const { dialplan } = engine;
    const context = request.get('Context');
    const exten = request.get('Extension');
    if (context && !dialplan.hasContext(context)) return reply.error(`Did not find context ${context}`);
    const wanted = exten ? [exten] : dialplan.extensions(context);
    const found = wanted.filter((one) => dialplan.exists(context, one));
    if (exten && found.length === 0) return reply.error(`Did not find extension ${exten}@${context}`);
    reply.listStart('DialPlan list will follow');
    let items = 0;
    for (const one of found) items += list(engine, reply, context || 'from-internal', one);
    const counts = header('ListExtensions', found.length) + header('ListPriorities', items) + header('ListContexts', 1);
    reply.listEnd('ShowDialPlanComplete', counts);
  },
};

/** The hint of an extension, then its first step. Returns how many lines that made. */
function list(engine: Engine, reply: AmiReply, context: string, exten: string): number {
  const hint = engine.devices.hints.get(exten);
  if (hint) {
    const devices = header('Application', hint.devices.join('&'));
    reply.item('ListDialplan', place(context, exten, 'hint') + devices + registrar);
  }
  const route = engine.dialplan.route(exten, context);
  const [app, data] = route ? stepOf(exten, route) : ['NoOp', ''];
  const step = header('Application', app) + header('AppData', data);
  reply.item('ListDialplan', place(context, exten, '1') + step + registrar);
  return hint ? 2 : 1;
}

const registrar = header('Registrar', 'pbx_config');

function place(context: string, exten: string, priority: string): string {
  return header('Context', context) + header('Extension', exten) + header('Priority', priority);
}

function stepOf(exten: string, route: Route): readonly [app: string, data: string] {
  switch (route.kind) {
    case 'extension':
      return ['Dial', `PJSIP/${exten},${route.extension.ringSeconds},tTkK`];
    case 'outbound':
      return ['Dial', `PJSIP/${exten.slice(route.strip)}@${route.trunk},60,T`];
    case 'goto':
      return ['Goto', `from-internal,${route.exten},1`];
    case 'space':
      return ['ParkedCall', `default,${route.space}`];
    case 'conference':
      return ['ConfBridge', `${route.room},default_bridge,default_user,default_menu`];
    case 'queue':
      return ['Queue', `${route.queue},tT`];
    case 'music':
      return ['MusicOnHold', ''];
    case 'voicemail':
      return ['VoiceMail', `${route.mailbox},su`];
    default:
      return ['Answer', ''];
  }
}
