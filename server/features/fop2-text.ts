import { fop2Dnd, fop2Text } from '../pbx/held';
import type { PresenceChoice, PresenceState } from '../protocol/records';
import { type FeatureValues, type Presence, withDnd, withPresence } from './values';

/**
 * FOP2 keeps one text per person, of which only do-not-disturb and nothing (available) have a meaning of their own. Any
 * other is the name of one of the administrator's states, or free: then presence is `away` with it as message.
 */

/** Not worth a text as long as nothing more is said. */
const quiet: ReadonlySet<PresenceState> = new Set<PresenceState>(['not_set', 'available', 'chat']);

const plainWords: Readonly<Partial<Record<PresenceState, string>>> = {
  away: 'Away',
  xa: 'Extended away',
  unavailable: 'Unavailable',
};

/** The text that says these values; canonical (`fop2Text`). */
export function textOf({ dnd, presence }: FeatureValues, choices: readonly PresenceChoice[]): string {
  const choice = choices.find(({ state, subtype }) => state === presence.state && subtype === presence.subtype);
  const spelled = choice !== undefined && isSame(presence.message, choice.name) ? presence.message : '';
  if (dnd || presence.state === 'dnd') {
    const isSpecial = presence.state === 'dnd' && presence.subtype !== '';
    return first([spelled, isSpecial ? choice?.name : '']) ?? fop2Dnd;
  }
  const { state, subtype, message } = presence;
  const isFree = state === 'away' && subtype === '';
  const isQuiet = quiet.has(state) && subtype === '';
  const texts = [spelled, isFree ? message : '', isQuiet ? '' : choice?.name, message, subtype, plainWords[state]];
  return first(texts.filter((text) => text === undefined || fop2Text(text) !== fop2Dnd)) ?? '';
}

/** The values after this canonical text was found; those that say it already stay. */
export function withText(text: string, values: FeatureValues, choices: readonly PresenceChoice[]): FeatureValues {
  if (textOf(values, choices) === text) return values;
  const fits = (next: FeatureValues): boolean => textOf(next, choices) === text;
  return candidates(text, values, choices).find(fits) ?? values;
}

/** What the text may mean, the best first; the last always says it. */
function candidates(text: string, values: FeatureValues, choices: readonly PresenceChoice[]): FeatureValues[] {
  const set = (presence: Presence): FeatureValues => withPresence(withDnd(values, presence.state === 'dnd'), presence);
  if (text === '') return [withDnd(values, false), set({ state: 'available', subtype: '', message: '' })];
  if (text === fop2Dnd) return [withDnd(values, true), set({ state: 'dnd', subtype: '', message: '' })];
  const choice = choices.find(({ name }) => isSame(name, text));
  const chosen = choice === undefined ? [] : ['', text].map((message) => set({ ...presenceOf(choice), message }));
  return [...chosen, set({ state: 'away', subtype: '', message: text })];
}

function presenceOf({ state, subtype }: PresenceChoice): Pick<Presence, 'state' | 'subtype'> {
  return { state, subtype };
}

function isSame(one: string, other: string): boolean {
  return one !== '' && fop2Text(one).toLowerCase() === fop2Text(other).toLowerCase();
}

/** The first text that says something. */
function first(texts: readonly (string | undefined)[]): string | undefined {
  return texts.map((text) => fop2Text(text ?? '')).find((text) => text !== '');
}
