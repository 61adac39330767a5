import { type CallNews, CallTracker } from './call-log';
import type { Actor } from './commands/actor';
import type { NotesPort } from './commands/calls/notes';
import { meansAll } from './commands/limits';
import type { ModelPort } from './commands/model-port';
import { type Involved, mayTouch, reachesExtension, seesNumbers } from './commands/reach';
import type { CallsPort } from './http/deps';
import type { Sight } from './live/circle';
import { sightOf } from './live/privacy';
import type { PbxEvent } from './pbx/events';
import type { PbxModel } from './pbx/model';
import type { CallsQuery, LoggedCall } from './protocol/call-log';
import { hideNumber, hideParty, insideOf, nameInsideOf } from './protocol/hidden-numbers';
import type { Party } from './protocol/records';
import type { Op } from './protocol/state';
import type { CallFilter, CallScope } from './store/call-log';
import type { Store } from './store/store';

export interface CallLogDeps {
  readonly store: Pick<Store, 'calls' | 'callNotes'>;
  readonly model: PbxModel;
  readonly modelPort: ModelPort;
  /** The PBX that is followed now (link.ts `pbxKeyOf`). */
  readonly pbxKey: () => string;
  readonly log: { error(fields: object, message: string): void };
}

export interface CallLogParts {
  readonly calls: CallsPort;
  readonly notes: NotesPort;
  /** Every event, with what the model made of it. */
  observe(event: PbxEvent, ops: readonly Op[]): void;
}

/** A call that became part of another is asked for by its old id for a while. */
const rememberedMerges = 1_000;

/** Part of the composition root: calls that are over, and notes on calls. */
export function composeCallLog(deps: CallLogDeps): CallLogParts {
  const { store, model, pbxKey } = deps;
  const tracker = new CallTracker();
  const merged = new Map<string, string>();
  const nowOf = (call: string): string => {
    const into = merged.get(call);
    return into === undefined || into === call ? call : nowOf(into);
  };
  const learn = (news: CallNews): void => {
    if (news.type === 'ended') {
      store.calls.append(pbxKey(), news.call);
      return;
    }
    merged.delete(news.into);
    merged.set(news.from, news.into);
    const [oldest] = merged.keys();
    if (merged.size > rememberedMerges && oldest !== undefined) merged.delete(oldest);
    store.callNotes.move(pbxKey(), news.from, news.into).catch((error: unknown) => {
      deps.log.error({ err: error, call: news.into }, 'notes did not follow their call');
    });
  };
  const involved = async (id: string): Promise<Involved | null> => {
    const running = model.maps.calls.get(id);
    if (running !== undefined) {
      const extensions = running.legs.map((leg) => model.channel(leg)?.extension ?? null);
      return { extensions, queues: [running.queue] };
    }
    const over = await store.calls.find(pbxKey(), id);
    return over && involvedIn(over);
  };
  return {
    observe(event, ops) {
      try {
        for (const news of tracker.observe(event, ops)) learn(news);
      } catch (error) {
        // The panel must not stand still for its call log.
        deps.log.error({ err: error, event: event.type }, 'the call log failed');
      }
    },
    notes: {
      involved: (call) => involved(nowOf(call)),
      put: (call, note) => store.callNotes.put(pbxKey(), nowOf(call), note),
    },
    calls: {
      ...pages(deps),
      async notes(actor, id) {
        const call = nowOf(id);
        const who = await involved(call);
        if (who === null || !mayRead(actor, who, deps.modelPort)) return null;
        return store.callNotes.of(pbxKey(), call);
      },
    },
  };
}

function mayRead(actor: Actor, who: Involved, model: ModelPort): boolean {
  // A machine that may read the state may read what it was.
  return actor.kind === 'token' || mayTouch(actor, 'callhistory', who, model);
}

function involvedIn({ extensions, from, to, queue }: LoggedCall): Involved {
  return { extensions: [...extensions, from.number, to.number], queues: [queue] };
}

function pages(deps: CallLogDeps): Pick<CallsPort, 'page' | 'all'> {
  const { store, model, modelPort, pbxKey } = deps;
  const isInside = insideOf(model.maps);
  const nameInside = nameInsideOf(model.maps);
  const hide = (party: Party): Party => hideParty(party, isInside, nameInside);
  const filterOf = (actor: Actor, query: Omit<CallsQuery, 'limit'>): CallFilter => {
    const limit = actor.limits.callhistory;
    const scopes = limit === undefined ? [] : [scopeOf({ own: actor.extension, limit }, deps)];
    if (actor.sees !== undefined) scopes.push(scopeOf({ own: actor.extension, limit: actor.sees }, deps));
    const sight = sightOf(actor);
    // Who may not see a number may not ask for it either, but for calls in which it can be seen.
    const asked = [query.number, query.extension].filter((number) => number !== undefined);
    const asksOutside = !asked.every(isInside);
    if (sight !== null && asksOutside) scopes.push(scopeOf(sight, deps));
    const quiet = [...model.discreet].filter((number) => number !== actor.extension);
    const without = asksOutside && actor.kind !== 'token' ? quiet : [];
    return { ...query, pbx: pbxKey(), scopes, without };
  };
  const masked = (actor: Actor): ((call: LoggedCall) => LoggedCall) => {
    if (actor.kind === 'token') return (call) => call;
    return (call) => {
      if (seesNumbers(actor, involvedIn(call), modelPort)) return call;
      const did = call.did && hideNumber(call.did, isInside);
      return { ...call, from: hide(call.from), to: hide(call.to), did };
    };
  };
  return {
    async page(actor, { limit, ...query }) {
      await store.calls.flush();
      const { rows, next } = await store.calls.page(filterOf(actor, query), limit);
      return { rows: rows.map(masked(actor)), next };
    },
    async *all(actor, query) {
      await store.calls.flush();
      const mask = masked(actor);
      for await (const call of store.calls.all(filterOf(actor, query))) yield mask(call);
    },
  };
}

/** All extensions and queues that a limit reaches, as they are now. */
function scopeOf({ own, limit }: Sight, { model, modelPort }: CallLogDeps): CallScope {
  const known = [...model.maps.extensions.keys()];
  const reached = known.filter((number) => reachesExtension(number, limit, { extension: own }, modelPort));
  // An extension that is no more still has its calls.
  const named = [...(limit?.extensions ?? []), ...(own === null ? [] : [own])];
  const queues = meansAll(limit, 'queues') ? [...model.maps.queues.keys()] : [];
  return { extensions: [...new Set([...reached, ...named])], queues: [...(limit?.queues ?? []), ...queues] };
}
