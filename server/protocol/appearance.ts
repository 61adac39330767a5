import { z } from 'zod';
import { contrastOn, defaultAccent, leastContrast, passes, type Theme } from './contrast';
import { nameLine } from './name-line';

/** The panel's own name, logo and colours, and how it writes dates and times. */

export const mostLogoBytes = 256 * 1024;
export const mostIconBytes = 64 * 1024;

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, 'is not a picture');
const picture = (bytes: number) =>
  z
    .strictObject({
      type: z.enum(['image/png', 'image/jpeg', 'image/webp'], 'use a PNG, JPEG or WebP picture'),
      data: base64.max(Math.ceil(bytes / 3) * 4, `use a picture of at most ${bytes / 1024} kB`),
    })
    .nullable();
export type Picture = { readonly type: 'image/png' | 'image/jpeg' | 'image/webp'; readonly data: string };

const accentOf = (theme: Theme) =>
  z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'use a colour like #2f5bd7')
    .refine((colour) => passes(theme, colour), {
      error: ({ input }) => {
        const reached = contrastOn(theme, String(input)).toFixed(1);
        return `has a contrast of ${reached} : 1 on ${theme} grounds, and ${leastContrast} : 1 is needed`;
      },
    });

/** A tag of BCP 47 that this JavaScript can write dates in. */
export const locale = z
  .string()
  .max(35)
  .refine((tag) => knownLocale(tag), 'is not a language and region that is known here');

export const appearanceSettings = z.strictObject({
  name: nameLine(40),
  accent: z.strictObject({ light: accentOf('light'), dark: accentOf('dark') }),
  /** Null: the panel's own. */
  logo: picture(mostLogoBytes),
  /** The small picture of the tab; null: the panel's own. */
  icon: picture(mostIconBytes),
  /** How dates, times and numbers are written for who does not choose otherwise. */
  locale,
});
export type AppearanceSettings = z.infer<typeof appearanceSettings>;

/** GET and PUT /api/v1/admin/appearance; PUT with the version that was edited. */
export const savedAppearance = z.strictObject({
  version: z.number().int().nonnegative(),
  settings: appearanceSettings,
});
export type SavedAppearance = z.infer<typeof savedAppearance>;

/** GET /api/v1/appearance: what every page has to know, signed in or not. Pictures as addresses; null: the panel's own. */
export const appearance = z.object({
  version: z.number().int(),
  name: z.string(),
  accent: z.object({ light: z.string(), dark: z.string() }),
  logo: z.string().nullable(),
  icon: z.string().nullable(),
  locale: z.string(),
});
export type Appearance = z.infer<typeof appearance>;

export const defaultAppearance: AppearanceSettings = {
  name: 'Cordboard',
  accent: { ...defaultAccent },
  logo: null,
  icon: null,
  locale: 'en-GB',
};

function knownLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
