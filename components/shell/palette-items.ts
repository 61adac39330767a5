import { UserRound } from 'lucide-react';
import type { Action, ActionContext } from '../actions/action';
import {
  openAvailability,
  openForwarding,
  openPresence,
  ownStateActions,
  toggleDnd,
} from '../actions/availability-actions';
import { keysOf } from '../actions/bindings';
import { consultTo, parkIn, transferTo } from '../actions/call-targets';
import { whoIs } from '../actions/call-words';
import { callHereActions, consultHere, currentCallActions, transferHere } from '../actions/current-call';
import { globalActions } from '../actions/global-actions';
import { consultMobile, transferToMobile, waysOutside } from '../actions/outside-ways';
import { dial, personCallActions, pickUp } from '../actions/person-calls';
import { logMeIn, pauseMe, pauseReasons, takeWaiting, togglePause } from '../actions/queue-actions';
import { endRoom, inviteTo, retrieveSlot, toggleLock } from '../actions/room-actions';
import { type Target, targetsFor, typedNumber } from '../actions/targets';
import { currentCallNow } from '../calls/use-my-calls';
import { fold, queryWords } from '../extensions/search';
import { focusTile } from './view';

/** One line of the palette: an action with its target, as it stands now. */
export interface PaletteItem {
  readonly id: string;
  readonly icon: Action['icon'];
  readonly label: string;
  readonly blocked: string | null;
  readonly keys: readonly string[];
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}

function itemOf<T>(context: ActionContext, action: Action<T>, target: T, name = ''): PaletteItem {
  return {
    id: `${action.id} ${name}`.trimEnd(),
    icon: action.icon,
    label: action.label(context, target),
    blocked: action.blocked?.(context, target) ?? null,
    keys: name ? [] : keysOf(context.layout.console.keys, action),
    run: () => action.run(context, target),
  };
}

/** Everything that can be done and fits the words; what cannot be done is there with its reason. */
export function paletteGroups(context: ActionContext, query: string): readonly PaletteGroup[] {
  const words = queryWords(query);
  const fits = ({ label }: PaletteItem) => {
    const text = fold(label);
    return words.every((word) => text.includes(word));
  };
  const calls = currentCallActions.map((action) => itemOf(context, action, undefined));
  // Unasked, only what can be done now: the rest would fill the screen.
  const shown = words.length > 0 ? calls.filter(fits) : calls.filter(({ blocked }) => blocked === null);
  const commands = [...globalActions, ...ownStateActions(context)]
    .filter(({ id }) => id !== 'palette')
    .map((action) => itemOf(context, action, undefined));
  return [
    { heading: 'My call', items: shown },
    { heading: 'People and numbers', items: peopleItems(context, query, words) },
    { heading: 'Queues, parking and conferences', items: words.length > 0 ? placeItems(context).filter(fits) : [] },
    { heading: 'Commands', items: commands.filter(fits) },
  ].filter(({ items }) => items.length > 0);
}

const most = 5;

/** Words may be a name, or a name and what to do: `anna`, `transfer anna`. */
function peopleItems(context: ActionContext, query: string, words: readonly string[]): PaletteItem[] {
  const exact = targetsFor(context, query, most).filter(({ kind }) => kind === 'person');
  const number = typedNumber(query);
  const numbers = number !== null && exact.length === 0 ? numberItems(context, number) : [];
  if (exact.length > 0 || words.length < 2) {
    return [...exact.flatMap((one, i) => personItems(context, one, i === 0)), ...numbers];
  }
  const found = new Map(words.flatMap((word) => targetsFor(context, word, most)).map((one) => [one.to, one]));
  const people = [...found.values()]
    .filter(({ kind }) => kind === 'person')
    .flatMap((one) => personItems(context, one, true))
    .filter(({ label }) => words.every((word) => fold(label).includes(word)));
  return [...people, ...numbers];
}

/** What is offered for whoever is found second and later. */
const short = [transferHere, consultHere, dial, pickUp];
const full = [...callHereActions, ...personCallActions, toggleDnd, openAvailability, openPresence, openForwarding];

function personItems(context: ActionContext, { to }: Target, best: boolean): PaletteItem[] {
  const who = whoIs(context, to);
  const go: PaletteItem = {
    ...{ id: `go ${to}`, icon: UserRound, label: `Show ${who}`, blocked: null, keys: [] },
    run: () => focusTile(to),
  };
  const call = currentCallNow(context.mirror);
  const items = (best ? full : short)
    // Without a call there is nothing to say about transferring one, of each person again.
    .filter((action) => call !== null || !(callHereActions as readonly Action<string>[]).includes(action))
    .map((action) => named(itemOf(context, action, to, to), who));
  const outside = best ? waysOutside(context, to).map((action) => itemOf(context, action, to, to)) : [];
  const mobile = best && call !== null && context.mirror.get('extensions', to)?.external;
  const sends =
    mobile && call ? [transferToMobile, consultMobile].map((one) => itemOf(context, one, { call, to }, to)) : [];
  const rooms = best ? [...context.mirror.records.map('conferences').keys()] : [];
  const invites = rooms.map((conference) => itemOf(context, inviteTo, { conference, to }, `${conference} ${to}`));
  const all = [...items, ...sends, ...outside, ...invites];
  const open = all.filter(({ blocked }) => blocked === null);
  return [...open, go, ...(best ? all.filter((item) => !open.includes(item)) : [])];
}

/** Some labels do not say of whom: in a tile's menu that is plain. */
function named(item: PaletteItem, who: string): PaletteItem {
  return item.label.includes(who) ? item : { ...item, label: `${item.label.replace('…', '')}: ${who}` };
}

function numberItems(context: ActionContext, number: string): PaletteItem[] {
  const call = currentCallNow(context.mirror);
  const transfers = call
    ? [transferTo, consultTo].map((action) => itemOf(context, action, { call, to: number }, number))
    : [];
  return [...transfers, itemOf(context, dial, number, number)];
}

function placeItems(context: ActionContext): PaletteItem[] {
  const { mirror, me } = context;
  const call = currentCallNow(mirror);
  const queues = [...mirror.records.map('queues').values()].flatMap(({ name, callers, members }) => [
    ...callers.map(({ uniqueid, number, name: caller }) =>
      itemOf(context, takeWaiting, { queue: name, uniqueid, party: { number, name: caller } }, uniqueid),
    ),
    itemOf(context, logMeIn, name, name),
    itemOf(context, pauseMe, name, name),
    ...(members.some((one) => one.extension === me?.extension && !one.paused)
      ? pauseReasons.map((reason) =>
          itemOf(context, togglePause, { queue: name, extension: me?.extension ?? '', reason }, `${name} ${reason}`),
        )
      : []),
  ]);
  const lots = [...mirror.records.map('parking').values()].flatMap(({ lot, slots }) => [
    ...(call ? [itemOf(context, parkIn, { call, to: lot }, lot)] : []),
    ...slots.map(({ space }) => itemOf(context, retrieveSlot, { lot, space }, `${lot} ${space}`)),
  ]);
  const rooms = [...mirror.records.map('conferences').keys()].flatMap((name) => [
    itemOf(context, toggleLock, name, name),
    itemOf(context, endRoom, name, name),
  ]);
  return [...queues, ...lots, ...rooms];
}
