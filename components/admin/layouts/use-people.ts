'use client';

import { z } from 'zod';
import { useResource } from '../use-resource';

const person = z.object({
  number: z.string(),
  name: z.string(),
  group: z.string().nullable(),
  tags: z.array(z.string()).default([]),
  hidden: z.boolean().default(false),
});
const office = z.object({ extensions: z.array(person) });
export type Person = z.infer<typeof person>;

/** Who is on the PBX, for a layout to be tried on; null until they have been read. */
export function usePeople(): readonly Person[] | null {
  const { value } = useResource(office, 'state');
  return value?.extensions.filter(({ hidden }) => !hidden) ?? null;
}
