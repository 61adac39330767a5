'use client';

import { useMemo } from 'react';
import type { ExtensionRecord, ParkingRecord, QueueRecord } from '@/server/protocol/records';
import { ordered } from '../extensions/arrange';
import { useKeys } from '../live/hooks';
import type { BoardLook } from './board';
import {
  type BoardCard,
  type BoardRow,
  cardRows,
  cardsAcross,
  lampsAcross,
  type PeopleGroup,
  peopleRows,
} from './pages';

type Shown = { readonly hidden: boolean };
const notHidden = ({ hidden }: Shown): boolean => !hidden;
const queuesOf = (map: ReadonlyMap<string, QueueRecord>) =>
  [...map.values()].filter(notHidden).sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
const lotsOf = (map: ReadonlyMap<string, ParkingRecord>) => [...map.values()].filter(notHidden).map(({ lot }) => lot);
const peopleOf = (map: ReadonlyMap<string, ExtensionRecord>) => [...map.values()].filter(notHidden);

/** The rows of a board, in the order of its blocks: laid out anew when something comes or goes, not when it changes. */
export function useBoardRows({ blocks, columns: wanted }: BoardLook, width: number): readonly BoardRow[] {
  const queues = useKeys('queues', queueNames);
  const lots = useKeys('parking', lotsOf);
  const people = useKeys('extensions', peopleOf);
  return useMemo(() => {
    const columns = cardsAcross(wanted, width);
    const rows: BoardRow[] = [];
    let cards: BoardCard[] = [];
    // Cards of blocks that follow each other stand side by side.
    const layCards = (): void => {
      rows.push(...cardRows(cards, columns));
      cards = [];
    };
    for (const block of blocks) {
      if (block.kind === 'queues') {
        const names = block.queues?.filter((name) => queues.includes(name)) ?? queues;
        cards.push(...names.map((name): BoardCard => ({ kind: 'queue', name, members: block.members })));
      } else if (block.kind === 'parking') cards.push(...lots.map((lot): BoardCard => ({ kind: 'parking', lot })));
      else if (block.kind === 'people') {
        layCards();
        rows.push(...peopleRows(groupsOf(people, block.departments), lampsAcross(columns, width)));
      }
    }
    layCards();
    return rows;
  }, [blocks, wanted, width, queues, lots, people]);
}

const queueNames = (map: ReadonlyMap<string, QueueRecord>) => queuesOf(map).map(({ name }) => name);

/** The departments that are named, in that order; null: all, by name, and then who is in none. */
export function groupsOf(people: readonly ExtensionRecord[], departments: readonly string[] | null): PeopleGroup[] {
  const groups = new Map<string, string[]>();
  for (const { number, group } of ordered(people, [])) {
    const title = group ?? '';
    const numbers = groups.get(title);
    if (numbers) numbers.push(number);
    else groups.set(title, [number]);
  }
  const rest = groups.get('') ?? [];
  groups.delete('');
  const names = departments ?? [...groups.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const named = names.flatMap((title) => {
    const numbers = groups.get(title);
    return numbers ? [{ title, numbers }] : [];
  });
  if (departments !== null || rest.length === 0) return named;
  return [...named, { title: named.length > 0 ? 'Others' : '', numbers: rest }];
}
