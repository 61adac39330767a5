import type { SnapshotLists } from '../../server/protocol/state';
import type { Farm } from './farm';

/** What must hold in every state the panel shows, in words where it does not: its lists speak of the same things. */
export function inconsistencies(state: SnapshotLists): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) found.push(what);
  };
  const channels = new Map(state.channels.map((channel) => [channel.uniqueid, channel]));
  const calls = new Map(state.calls.map((call) => [call.id, call]));
  const legs = state.calls.flatMap((call) => call.legs);
  must(new Set(legs).size === legs.length, 'each leg is in one call');
  must(legs.length === channels.size, `${legs.length} legs, ${channels.size} channels`);
  for (const leg of legs) must(channels.has(leg), `leg ${leg} is a channel`);
  for (const extension of state.extensions) {
    for (const call of extension.calls) {
      must(channels.get(call.uniqueid)?.extension === extension.number, `${call.uniqueid} is of ${extension.number}`);
      must(calls.get(call.callId)?.legs.includes(call.uniqueid) === true, `${call.uniqueid} is in call ${call.callId}`);
      must(call.peer === null || channels.has(call.peer), `the peer of ${call.uniqueid} is a channel`);
    }
  }
  for (const queue of state.queues) {
    const places = queue.callers.map(({ position }) => position).sort((a, b) => a - b);
    must(
      places.every((place, index) => place === index + 1),
      `positions of ${queue.name}: ${places}`,
    );
    for (const { uniqueid } of queue.callers) must(channels.has(uniqueid), `caller ${uniqueid} is a channel`);
  }
  for (const { uniqueid } of state.parking.flatMap((lot) => lot.slots))
    must(channels.has(uniqueid), `parked ${uniqueid} is a channel`);
  for (const { uniqueid } of state.trunks.flatMap((trunk) => trunk.channels))
    must(channels.has(uniqueid), `${uniqueid} of a trunk is a channel`);
  return found;
}

const slackMs = 1_500;

/** Clocks that cannot be right: before the phone itself was in the call, after now, or in the wrong order. */
export function wrongClocks(state: SnapshotLists, farm: Farm, now: number): string[] {
  const found: string[] = [];
  const near = (a: number, b: number) => Math.abs(a - b) <= slackMs;
  for (const { number, calls } of state.extensions) {
    const lines = farm.lines.all().filter((line) => line.phone === number);
    // Asterisk may keep the leg of a phone that hung up, e.g. in the middle of a transfer.
    if (lines.length === 0) continue;
    for (const call of calls) {
      const started = Date.parse(call.startedAt);
      if (!lines.some((line) => near(line.begunAt, started)))
        found.push(`${number} began at ${call.startedAt}, its phone at ${lines.map((line) => iso(line.begunAt))}`);
      for (const clock of [call.answeredAt, call.stateSince]) {
        if (clock === null) continue;
        const at = Date.parse(clock);
        const up = Math.min(...lines.map((line) => line.upAt ?? Number.POSITIVE_INFINITY));
        if (at < up - slackMs) found.push(`${number} is ${call.state} since ${clock}, up only at ${iso(up)}`);
        if (at > now + slackMs) found.push(`${number} is ${call.state} since ${clock}, which is to come`);
      }
    }
  }
  for (const call of state.calls) {
    const created = Date.parse(call.createdAt);
    for (const clock of [call.answeredAt, call.heldSince, call.parkedSince])
      if (clock !== null && Date.parse(clock) < created - slackMs)
        found.push(`call ${call.id}: ${clock} before it began`);
  }
  return found;
}

function iso(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : 'never';
}
