import { z } from 'zod';

/** Length is what counts (NIST SP 800-63B): no rules of composition, no change by the calendar. */
export const passwordSettings = z.strictObject({
  minLength: z
    .number()
    .int('enter a whole number')
    .min(10, 'at least 10 characters')
    .max(64, 'at most 64: nobody could choose one'),
});
export type PasswordSettings = z.infer<typeof passwordSettings>;

export const defaultPasswords: PasswordSettings = { minLength: 10 };

/** GET and PUT /api/v1/admin/passwords; PUT with the version that was edited. It holds for passwords set from then on. */
export const savedPasswords = z.strictObject({ version: z.number().int().nonnegative(), settings: passwordSettings });
export type SavedPasswords = z.infer<typeof savedPasswords>;
