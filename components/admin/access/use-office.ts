'use client';

import { z } from 'zod';
import { useResource } from '../use-resource';

const office = z.object({
  extensions: z.array(z.object({ number: z.string(), name: z.string(), group: z.string().nullable() })),
  queues: z.array(z.object({ name: z.string(), label: z.string() })),
});

export interface Office {
  /** Names by number. */
  readonly people: ReadonlyMap<string, string>;
  readonly departments: readonly string[];
  readonly queues: readonly { readonly name: string; readonly label: string }[];
}

const empty: Office = { people: new Map(), departments: [], queues: [] };

/** Who and what there is on the PBX, for choosing from; empty until it has been read. */
export function useOffice(): Office {
  const { value } = useResource(office, 'state');
  if (!value) return empty;
  const departments = new Set(value.extensions.flatMap(({ group }) => group ?? []));
  return {
    people: new Map(value.extensions.map(({ number, name }) => [number, name])),
    departments: [...departments].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    queues: value.queues,
  };
}
