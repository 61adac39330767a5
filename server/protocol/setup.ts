import { z } from 'zod';
import { pbxFound } from './admin';
import { role } from './permissions';
import { linkState } from './records';
import { username } from './session';

/** The steps of the set-up assistant, in their order. */
export const setupSteps = ['account', 'pbx', 'departments', 'people'] as const;
export const setupStep = z.enum(setupSteps);
export type SetupStep = z.infer<typeof setupStep>;

/** How far the assistant came. */
export const setupProgress = z.strictObject({
  /** Finished or skipped. */
  passed: z.array(setupStep).max(setupSteps.length),
  /** Departments that were not wanted, by the id of the guess. */
  dismissed: z.array(z.string().max(200)).max(2_000),
  finished: z.boolean(),
});
export type SetupProgress = z.infer<typeof setupProgress>;

export const freshSetup: SetupProgress = { passed: [], dismissed: [], finished: false };

/** GET and PUT /api/v1/admin/setup. */
export const savedSetup = z.strictObject({ version: z.number().int().nonnegative(), settings: setupProgress });
export type SavedSetup = z.infer<typeof savedSetup>;

/** PUT /api/v1/admin/setup/username: only while the one who asks has no password yet. */
export const setupUsernameBody = z.strictObject({ username });

/** POST /api/v1/admin/setup/address: the address that the panel comes from on its way to this host. */
export const setupAddressBody = z.strictObject({ host: z.string().trim().min(1).max(253) });
export const setupAddress = z.object({ address: z.string().nullable() });

export const guessSource = z.enum([
  'department',
  'name',
  'accountCode',
  'voicemail',
  'queue',
  'pickupGroup',
  'context',
  'range',
]);
export type GuessSource = z.infer<typeof guessSource>;

export const departmentGuess = z.object({
  id: z.string(),
  name: z.string(),
  /** One sentence: from what it was guessed. */
  why: z.string(),
  /** The first and surest sign. */
  source: guessSource,
  /** Extensions, in the order of their numbers; each is in one guess at most. */
  numbers: z.array(z.string()),
});
export type DepartmentGuess = z.infer<typeof departmentGuess>;

/** A person as the assistant shows them. */
export const setupPerson = z.object({
  number: z.string(),
  /** Empty: the PBX has none but the number. */
  name: z.string(),
  /** The department that stands on the panel now; null: none. */
  group: z.string().nullable(),
  /** Of the voicemail box; null: none. */
  email: z.string().nullable(),
  /** Suggested for an account; free and in no other suggestion. */
  username: z.string(),
  role,
  /** A user of the panel has this extension already. */
  hasUser: z.boolean(),
});
export type SetupPerson = z.infer<typeof setupPerson>;

/** GET /api/v1/admin/setup/found. */
export const setupFound = z.object({
  link: linkState,
  demo: z.boolean(),
  found: pbxFound,
  people: z.array(setupPerson),
  departments: z.array(departmentGuess),
});
export type SetupFound = z.infer<typeof setupFound>;
