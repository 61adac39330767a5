import { redirect } from '../../ami/actions';
import { mayLeadToRoom, redirectBoth } from '../../ami/call-actions';
import type { AmiPort } from '../../ami/types';
import type { Failure } from '../../protocol/errors';
import type { NumberRules } from '../../protocol/number-rules';
import type { LineState } from '../../protocol/records';
import type { Actor } from '../actor';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';
import { findLeg, nameOf } from './legs';
import { mustExist, whyNotDial } from './numbers';
import { contextOf } from './phones';
import { isFailure, planned, refuse, unlessGone } from './plan';
import type { Transfers } from './transfers';

/** Who talks, or waits to be talked to, can be brought into a room. */
const movable: readonly LineState[] = ['talking', 'held', 'onHold', 'service', 'queued', 'parked', 'conference'];

interface Plan {
  readonly legs: readonly Leg[];
  readonly context: string;
}

/**
 * `conference.create {conference, uniqueids}`: the legs go to the room at that extension, and with them the operator's own
 * legs that talk to one of them; a consultation that is brought along is over with that. 409: a leg that cannot move, one
 * that another operator is transferring, or an extension that leads to no conference.
 */
export function createHandler(rules: () => NumberRules, transfers: Transfers): Handler<'conference.create'> {
  return planned({
    target: ({ conference, uniqueids }) => `${uniqueids.join(', ')} → ${conference}`,
    plan: ({ conference, uniqueids }, actor, model): Plan | Failure => {
      if (model.conference(conference)?.kind === 'meetme') {
        return fail('conflict', 'The panel cannot lead MeetMe rooms.', 'conference');
      }
      if (model.conference(conference)?.locked) {
        return fail('conflict', `Conference ${conference} is locked.`, 'conference');
      }
      const legs = legsOf(uniqueids, actor, model, transfers);
      return isFailure(legs) ? legs : { legs, context: contextOf(model.extension(homeOf(actor, legs))) };
    },
    async act({ legs, context }, { ami, model }, { conference }) {
      await mustExist(ami, context, conference);
      const dialable = whyNotDial(conference, rules(), model, 'conference') === null;
      if (!(await mayLeadToRoom(ami, context, conference, dialable))) {
        refuse(
          fail(
            'conflict',
            `${conference} in ${context} is no conference that the panel can see; nothing was changed.`,
            'conference',
          ),
        );
      }
      const consultations = new Set(legs.flatMap(({ channel }) => transfers.of(channel.uniqueid) ?? []));
      // Over with the move and not before: when that fails, the one who waits is still looked after.
      await transfers.allInTurn([...consultations], async () => {
        await unlessGone(moveAll(ami, legs, { context, exten: conference }));
        for (const one of consultations) transfers.end(one);
      });
      const brought = legs.map(({ channel }) => channel.uniqueid);
      for (const one of consultations) await transfers.acts.dropUnless(brought, one, ami);
      return { remark: legs.map(nameOf).join(', ') };
    },
  });
}

function homeOf(actor: Actor, legs: readonly Leg[]): string {
  return actor.extension ?? legs.find(({ channel }) => channel.extension !== null)?.channel.extension ?? '';
}

/** The named legs, and those of the operator that talk to one of them; or why one of them cannot move. */
function legsOf(uniqueids: readonly string[], actor: Actor, model: ModelPort, transfers: Transfers) {
  const found = new Map<string, Leg>();
  for (const uniqueid of uniqueids) {
    const leg = findLeg(uniqueid, model);
    if (isFailure(leg)) return { ...leg, field: 'uniqueids' };
    const running = transfers.of(uniqueid);
    const taken = running === undefined ? null : transfers.whyNot(running, actor);
    if (taken !== null) return taken;
    if (leg.state === null || !movable.includes(leg.state)) {
      return fail('conflict', `The leg of ${nameOf(leg)} is not answered yet.`, 'uniqueids');
    }
    found.set(uniqueid, leg);
    for (const own of ownLegs(leg, uniqueid, actor, model, transfers)) found.set(own.channel.uniqueid, own);
  }
  return [...found.values()];
}

/** Without an extension of one's own, whoever the leg talks to comes along: nobody is left behind in silence. */
function ownLegs(leg: Leg, uniqueid: string, actor: Actor, model: ModelPort, transfers: Transfers): Leg[] {
  const consulting = transfers.of(uniqueid)?.record.own;
  const near = consulting == null ? leg.peers : [...leg.peers, consulting];
  const peers = near.flatMap((one) => model.leg(one) ?? []);
  const own = peers.filter(({ channel }) => actor.extension === null || channel.extension === actor.extension);
  return own.filter(({ state }) => state !== null && movable.includes(state));
}

/** Two at a time, which leave their bridge together: of one alone, the other would be hung up. */
async function moveAll(ami: AmiPort, legs: readonly Leg[], room: { context: string; exten: string }): Promise<void> {
  const left = [...legs];
  while (left.length > 0) {
    const first = left.shift();
    if (first === undefined) return;
    const partner = left.findIndex(({ channel }) => first.peers.includes(channel.uniqueid));
    const [second] = left.splice(partner < 0 ? 0 : partner, left.length === 0 ? 0 : 1);
    if (second === undefined) await redirect(ami, first.channel.uniqueid, room);
    else await redirectBoth(ami, [first.channel.uniqueid, room], [second.channel.uniqueid, room]);
  }
}
