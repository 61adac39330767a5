/** Whether a colour can be read on the panel's grounds: WCAG 2.2 contrast, and the nearest colour that passes. */

export type Theme = 'light' | 'dark';

/** What words of normal size need. */
export const leastContrast = 4.5;

/** The grounds of the panel that words in the accent colour stand on (app/globals.css). */
export const grounds: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#ffffff', '#f4f5f7', '#eceef1'],
  dark: ['#171b20', '#101317', '#1e232a', '#262c34', '#0b0d10'],
};

export const defaultAccent: Readonly<Record<Theme, string>> = { light: '#2f5bd7', dark: '#7fa2ff' };

const inks = ['#ffffff', '#0b1220'] as const;

type Triple = readonly [number, number, number];

/** 1 to 21; both as `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The lowest contrast with any ground of the theme. */
export function contrastOn(theme: Theme, colour: string): number {
  return Math.min(...grounds[theme].map((ground) => contrast(colour, ground)));
}

/** For words on the colour itself, as on a button. */
export function inkOn(colour: string): string {
  const [light, dark] = inks;
  return contrast(light, colour) >= contrast(dark, colour) ? light : dark;
}

export function passes(theme: Theme, colour: string): boolean {
  return contrastOn(theme, colour) >= leastContrast && contrast(inkOn(colour), colour) >= leastContrast;
}

/** The same hue, only as much darker (on light grounds) or lighter (on dark ones) as it takes. */
export function nearestPassing(theme: Theme, colour: string): string {
  if (passes(theme, colour)) return colour;
  const [lightness, a, b] = toOklab(colour);
  const end = theme === 'light' ? 0 : 1;
  for (let step = 1; step <= 200; step += 1) {
    const next = lightness + ((end - lightness) * step) / 200;
    const candidate = inGamut(next, a, b);
    if (passes(theme, candidate)) return candidate;
  }
  return theme === 'light' ? '#000000' : '#ffffff';
}

/** As strong a colour as the screen has at this lightness, of the same hue. */
function inGamut(lightness: number, a: number, b: number): string {
  for (let share = 1; share > 0; share -= 0.02) {
    const rgb = fromOklab([lightness, a * share, b * share]);
    if (rgb.every((part) => part >= -0.0005 && part <= 1.0005)) return toHex(rgb);
  }
  return toHex(fromOklab([lightness, 0, 0]));
}

function channels(hex: string): Triple {
  const part = (at: number): number => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [part(1), part(3), part(5)];
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toHex(rgb: Triple): string {
  const text = (value: number): string => {
    const at = Math.min(1, Math.max(0, value));
    const byte = Math.round((at <= 0.0031308 ? at * 12.92 : 1.055 * at ** (1 / 2.4) - 0.055) * 255);
    return byte.toString(16).padStart(2, '0');
  };
  return `#${rgb.map(text).join('')}`;
}

function luminance(hex: string): number {
  const [r, g, b] = channels(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Oklab of Björn Ottosson (https://bottosson.github.io/posts/oklab/). */
function toOklab(hex: string): Triple {
  const [r, g, b] = channels(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
