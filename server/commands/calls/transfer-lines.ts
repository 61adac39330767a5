import type { ModelPort } from '../model-port';
import type { Seen } from './transfer-steps';
import type { Running } from './transfers';

/** A channel that is followed: where one is exchanged for another behind it, the name passes on and the Uniqueid does not. */
export interface Line {
  uniqueid: string;
  name: string;
}

/** How long a channel that was just ordered may take to be told of, ms. */
const birthMs = 2_000;

export function lineOf(uniqueid: string, model: ModelPort): Line {
  return { uniqueid, name: model.line(uniqueid)?.name ?? '' };
}

/** What the model shows of this transfer now. `changed`: its record has other legs than before. */
export function see(running: Running, model: ModelPort, now: number): { seen: Seen; changed: boolean } {
  for (const line of [running.caller, running.own, running.asked]) if (line !== null) follow(line, model);
  const { caller, own, asked, record } = running;
  const age = now - running.stateAt;
  const callerTo = whom(running, model);
  if (callerTo !== 'operator') running.apart = true;
  const askedLine = asked === null ? undefined : model.line(asked.uniqueid);
  const together = own !== null && askedLine !== undefined && connected(own, asked, model);
  const seen: Seen = {
    state: record.state,
    caller: model.line(caller.uniqueid) !== undefined,
    callerTo,
    callerIs: doing(running, model),
    own: own !== null && model.line(own.uniqueid) !== undefined,
    asked: askedState(running, model, age),
    together,
    apart: running.apart,
    connecting: running.connecting,
    age,
    patience: running.patience,
    looks: running.looks,
  };
  return { seen, changed: rewrite(running, seen, model) };
}

function follow(line: Line, model: ModelPort): void {
  const known = model.line(line.uniqueid);
  if (known !== undefined) {
    if (line.name === '') line.name = known.name;
    if (known.name === line.name) return;
  }
  const heir = line.name === '' ? undefined : model.named(line.name);
  if (heir !== undefined && model.line(heir) !== undefined) line.uniqueid = heir;
}

function whom({ caller, own, asked }: Running, model: ModelPort): Seen['callerTo'] {
  const line = model.line(caller.uniqueid);
  if (line === undefined) return 'nobody';
  if (own !== null && line.talksTo.includes(own.uniqueid)) return 'operator';
  if (asked !== null && line.bridgedWith.includes(asked.uniqueid)) return 'asked';
  const behind = asked === null ? [] : (model.line(asked.uniqueid)?.talksTo ?? []);
  if (line.talksTo.some((one) => behind.includes(one))) return 'asked';
  return line.talksTo.length > 0 ? 'others' : 'nobody';
}

function doing({ caller }: Running, model: ModelPort): Seen['callerIs'] {
  const leg = model.leg(caller.uniqueid);
  switch (leg?.state) {
    case 'dialing':
      // A caller on the way is shown so even where nobody rings, in a busy tone for example.
      return leg.peers.length > 0 ? 'ringing' : 'waiting';
    case 'queued':
    case 'parked':
    case 'conference':
      return 'placed';
    default:
      return 'waiting';
  }
}

function askedState({ asked }: Running, model: ModelPort, age: number): Seen['asked'] {
  if (asked === null) return 'none';
  const line = model.line(asked.uniqueid);
  if (line !== undefined) {
    // Seen once, it is gone when it is not seen.
    asked.name = line.name;
    return line.up ? 'up' : 'ringing';
  }
  return asked.name === '' && age < birthMs ? 'ringing' : 'gone';
}

function connected(own: Line, asked: Line | null, model: ModelPort): boolean {
  const line = model.line(own.uniqueid);
  if (line === undefined || asked === null) return false;
  return line.bridgedWith.includes(asked.uniqueid);
}

/** The one person behind the call to the one who is asked; null: none yet, several, or a machine. */
export function askedPerson({ asked, own, caller }: Running, model: ModelPort): string | null {
  if (asked === null) return null;
  const [only, ...more] = (model.line(asked.uniqueid)?.talksTo ?? []).filter(
    (one) => one !== own?.uniqueid && one !== caller.uniqueid,
  );
  return only !== undefined && more.length === 0 ? only : null;
}

function rewrite(running: Running, seen: Seen, model: ModelPort): boolean {
  const { record, caller, own } = running;
  const next = {
    uniqueid: caller.uniqueid,
    own: record.mode === 'attended' && seen.own ? (own?.uniqueid ?? null) : null,
    target: askedPerson(running, model),
  };
  if (next.uniqueid === record.uniqueid && next.own === record.own && next.target === record.target) return false;
  running.record = { ...record, ...next };
  return true;
}
