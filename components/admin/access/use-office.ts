'use client';

import { z } from 'zod';
import type { GroupKind } from '@/server/protocol/groups';
import { useResource } from '../use-resource';

const office = z.object({
  extensions: z.array(z.object({ number: z.string(), name: z.string(), group: z.string().nullable() })),
  queues: z.array(z.object({ name: z.string(), label: z.string() })),
  conferences: z.array(z.object({ name: z.string() })),
  parking: z.array(z.object({ lot: z.string() })),
  trunks: z.array(z.object({ name: z.string() })),
});

/** Something of the PBX as it is chosen: what is kept of it, and what it is called. */
export interface Thing {
  readonly key: string;
  readonly label: string;
}

export interface Office {
  readonly departments: readonly Thing[];
  readonly things: Readonly<Record<GroupKind, readonly Thing[]>>;
}

const nothing: Office = {
  departments: [],
  things: { extensions: [], queues: [], conferences: [], parking: [], trunks: [] },
};

/** Who and what there is on the PBX, for choosing from; empty until it has been read. */
export function useOffice(): Office {
  const { value } = useResource(office, 'state');
  if (!value) return nothing;
  const departments = new Set(value.extensions.flatMap(({ group }) => group ?? []));
  return {
    departments: inOrder([...departments].map((key) => ({ key, label: key }))),
    things: {
      extensions: inOrder(value.extensions.map(({ number, name }) => ({ key: number, label: named(number, name) }))),
      queues: inOrder(value.queues.map(({ name, label }) => ({ key: name, label: named(name, label) }))),
      conferences: inOrder(value.conferences.map(({ name }) => ({ key: name, label: name }))),
      parking: inOrder(value.parking.map(({ lot }) => ({ key: lot, label: lot }))),
      trunks: inOrder(value.trunks.map(({ name }) => ({ key: name, label: name }))),
    },
  };
}

function named(key: string, label: string): string {
  return label === '' || label === key ? key : `${key} ${label}`;
}

function inOrder(things: readonly Thing[]): Thing[] {
  return [...things].sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}
