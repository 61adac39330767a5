import { z } from 'zod';

/** A dialable extension number: digits, star, hash, letters of a SIP user part; never a separator of the dialplan. */
export const extensionNumber = z.string().regex(/^[0-9A-Za-z*#+._-]{1,40}$/, 'must be an extension number');
