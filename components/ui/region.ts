'use client';

import { createStore, useStore } from './store';

/**
 * How dates, times and numbers are written. One place for all of it: nothing else of the pages makes a formatter. The words
 * around them are English, whatever the region.
 */
const fallback = 'en-GB';
const storageKey = 'cordboard-locale';

interface Region {
  /** Of the panel, as the administrator set it. */
  readonly panel: string;
  /** The user's own; null: as the panel. */
  readonly own: string | null;
}

const region = createStore<Region>({ panel: startingLocale(), own: rememberedLocale() });

/** What /api/v1/appearance/start.js left for the page, before anything was drawn. */
function startingLocale(): string {
  const start = (globalThis as { cordboardAppearance?: { locale?: unknown } }).cordboardAppearance;
  return typeof start?.locale === 'string' ? start.locale : fallback;
}

function rememberedLocale(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function setPanelLocale(panel: string): void {
  region.set({ panel });
}

/** The user's own choice, remembered for pages that do not ask for it. */
export function setOwnLocale(own: string | null): void {
  region.set({ own });
  try {
    if (own === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, own);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

/** The locale in force: a tag of BCP 47. */
export function localeNow(): string {
  const { own, panel } = region.get();
  return own ?? panel;
}

/** Renders again when it changes. */
export function useLocale(): string {
  return useStore(region, ({ own, panel }) => own ?? panel);
}

const dateStyles = {
  /** `14:02:11` */
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** `14:02` */
  shortTime: { hour: '2-digit', minute: '2-digit' },
  /** `3 Nov, 14:02` */
  dayTime: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** `Mon 14:02` */
  weekdayTime: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
  /** `Mon, 2 March 2026` */
  day: { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
  /** `Monday 2 March` */
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  /** `02 Mar 2026, 14:02:11` */
  log: { year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof dateStyles;

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** In the user's zone; `at` in epoch ms. */
export function dateText(style: DateStyle, at: number | Date, locale = localeNow()): string {
  const key = `${locale} ${style}`;
  let format = dates.get(key);
  if (!format) {
    format = safely(locale, (tag) => new Intl.DateTimeFormat(tag, dateStyles[style]));
    dates.set(key, format);
  }
  return format.format(at);
}

export function numberText(value: number, locale = localeNow()): string {
  let format = numbers.get(locale);
  if (!format) {
    format = safely(locale, (tag) => new Intl.NumberFormat(tag));
    numbers.set(locale, format);
  }
  return format.format(value);
}

/** A tag that was remembered may be none any more. */
function safely<T>(locale: string, make: (tag: string) => T): T {
  try {
    return make(locale);
  } catch {
    return make(fallback);
  }
}

/** Languages and regions to choose from; what this browser does not know is left out. */
const offered = (
  'en-GB en-US en-IE en-AU en-NZ en-CA en-ZA en-IN de-DE de-AT de-CH fr-FR fr-BE fr-CH fr-CA es-ES es-MX es-AR ' +
  'it-IT it-CH pt-PT pt-BR nl-NL nl-BE da-DK sv-SE nb-NO fi-FI is-IS pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG hr-HR ' +
  'sl-SI sr-RS el-GR tr-TR uk-UA ru-RU et-EE lv-LV lt-LT he-IL ar-EG ar-AE fa-IR hi-IN th-TH vi-VN id-ID ms-MY ' +
  'ja-JP ko-KR zh-CN zh-TW'
).split(' ');

/** For a list, by their names in English. */
export function localeChoices(): readonly { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  return Intl.DateTimeFormat.supportedLocalesOf(offered)
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** A date, a time and a number as this locale writes them: to choose by. */
export function sampleText(locale: string): string {
  const moment = new Date(2026, 10, 3, 14, 5, 9);
  return `${dateText('log', moment, locale)} · ${numberText(12_345.6, locale)}`;
}
