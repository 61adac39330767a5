export interface Device {
  /** `Firefox on Windows`, or what can be said. */
  readonly words: string;
  readonly kind: 'computer' | 'phone' | 'program';
}

/** The order matters: most browsers name those they descend from as well. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(?:Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a browser says it is, in words. It can say what it likes: a help to recognise one's own, no proof. */
export function deviceOf(userAgent: string): Device {
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1];
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  if (browser === undefined && system === undefined) {
    const program = /^[\w.-]{1,40}/.exec(userAgent)?.[0];
    return { words: program ?? 'Unknown program', kind: 'program' };
  }
  const kind = /iPhone|Android.*Mobile|\bMobile\b/.test(userAgent) ? 'phone' : 'computer';
  if (browser === undefined) return { words: `A browser on ${system}`, kind };
  return { words: system === undefined ? browser : `${browser} on ${system}`, kind };
}
