import { z } from 'zod';

/** A name that people read: one line, not empty. */
export const nameLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'enter a name')
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line');
