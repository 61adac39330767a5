import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, type Group, moveTo, ordered } from './arrange';
import { pack, type Row } from './pack';
import { matches, queryWords } from './search';
import { findSpot, firstSpot, type Step, walk } from './walk';

const person = (number: string, name = '', group: string | null = null, tags: string[] = []) => ({
  number,
  name,
  group,
  tags,
});
const plain = { grouping: 'group' as const, favourites: [], hidden: [], collapsed: [], departments: [] };
const numbersOf = (rows: readonly Row[]) =>
  rows.flatMap((row) => (row.kind === 'tiles' ? row.cells.filter(Boolean) : []));

describe('search', () => {
  const asa = person('2101', 'Åsa Öberg', 'Försäljning', ['VIP']);
  it.each(['asa', 'ÖBERG', 'oberg as', '210', 'vip', 'forsalj', '  '])('finds Åsa Öberg 2101 by %j', (query) => {
    expect(matches(asa, queryWords(query))).toBe(true);
  });
  it.each(['asb', 'asa erik', '9'])('does not find her by %j', (query) => {
    expect(matches(asa, queryWords(query))).toBe(false);
  });
});

describe('arrange', () => {
  const people = [
    person('20', 'B', 'Sales'),
    person('3', 'A', 'Sales'),
    person('100', 'C'),
    person('7', 'D', 'Finance'),
  ];
  const shape = (groups: readonly Group[]) => groups.map((g) => [g.title, ...g.numbers]);

  it('orders by number as a number, groups by name, the rest last', () => {
    expect(shape(arrange(ordered(people, []), plain, [], false))).toEqual([
      ['Finance', '7'],
      ['Sales', '3', '20'],
      ['Others', '100'],
    ]);
  });
  it('puts favourites first, in the user’s own order, and hidden people away', () => {
    const order = ['100', '3'];
    const layout = { ...plain, favourites: ['3', '100'], hidden: ['7'] };
    expect(shape(arrange(ordered(people, order), layout, [], false))).toEqual([
      ['Favourites', '100', '3'],
      ['Sales', '20'],
    ]);
    expect(shape(arrange(ordered(people, order), layout, [], true)).at(-1)).toEqual(['Hidden', '7']);
  });
  it('keeps what is folded away out of sight but counted, and opens it for a search', () => {
    const order: string[] = [];
    const layout = { ...plain, collapsed: ['group:Sales'] };
    expect(arrange(ordered(people, order), layout, [], false)[1]).toMatchObject({
      title: 'Sales',
      count: 2,
      numbers: [],
    });
    expect(arrange(ordered(people, order), layout, queryWords('b'), false)[0]).toMatchObject({
      title: 'Sales',
      numbers: ['20'],
    });
  });
  it('needs no heading where nobody has a department', () => {
    expect(arrange([person('1'), person('2')], plain, [], false)).toMatchObject([{ kind: 'all', numbers: ['1', '2'] }]);
  });

  it('puts departments in the user’s order, and those it does not name after them', () => {
    const people = ['Sales', 'IT', 'Floor'].map((group, at) => person(`10${at}`, '', group));
    const groups = arrange(ordered(people, []), { ...plain, departments: ['Sales', 'Gone'] }, [], false);
    expect(groups.map(({ title }) => title)).toEqual(['Sales', 'Floor', 'IT']);
  });
});

describe('moveTo', () => {
  it('moves one and leaves the others in their order', () => {
    expect(moveTo(['1', '2', '3', '4'], [], '4', '2', 'before')).toEqual(['1', '4', '2', '3']);
    expect(moveTo(['1', '2', '3', '4'], [], '1', '3', 'after')).toEqual(['2', '3', '1', '4']);
    expect(moveTo(['1', '2'], ['2', '1'], '1', '1', 'after')).toEqual(['2', '1']);
  });
  it('names everybody, so that the next order is the one that was shown', () => {
    const number = fc.integer({ min: 1, max: 60 }).map(String);
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { minLength: 2 }),
        fc.array(number),
        fc.nat(),
        fc.nat(),
        (all, order, a, b) => {
          const people = all.map((one) => person(one));
          const shown = ordered(people, order).map((one) => one.number);
          const moved = shown[a % shown.length]!;
          const target = shown[b % shown.length]!;
          const next = ordered(people, moveTo(shown, order, moved, target, 'before')).map((one) => one.number);
          expect(next.filter((one) => one !== moved)).toEqual(shown.filter((one) => one !== moved));
          if (moved !== target) expect(next[next.indexOf(moved) + 1]).toBe(target);
        },
      ),
    );
  });
});

const group = (title: string, count: number, kind: Group['kind'] = 'group'): Group => ({
  id: title,
  title,
  kind,
  count,
  collapsed: false,
  numbers: Array.from({ length: count }, (_, i) => `${title}${i}`),
});
const sizes = { columns: 6, tile: 64, heading: 25 };
const heightOf = (rows: readonly Row[]) =>
  rows.reduce((sum, row) => sum + (row.kind === 'tiles' ? sizes.tile : sizes.heading), 0);

describe('pack', () => {
  it('lets small groups share a shelf', () => {
    const rows = pack([group('a', 3), group('b', 3)], sizes);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      segments: [
        { column: 0, columns: 3 },
        { column: 3, columns: 3 },
      ],
    });
  });
  it('shows 48 people of an office below 710 px of comfortable tiles', () => {
    const office = [3, 9, 12, 9, 4, 5, 2, 4].map((count, i) => group(String.fromCharCode(97 + i), count));
    expect(heightOf(pack(office, sizes))).toBeLessThan(710);
  });
  it('keeps everybody once and in order within a group, and is never higher than one shelf per group', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 14 }), fc.integer({ min: 1, max: 9 }), (counts, columns) => {
        const groups = counts.map((count, i) => group(`g${i}-`, count, i === 0 ? 'favourites' : 'group'));
        const rows = pack(groups, { ...sizes, columns });
        const shown = numbersOf(rows);
        for (const one of groups) {
          expect(shown.filter((number) => one.numbers.includes(number!))).toEqual(one.numbers);
        }
        const plainly = groups.reduce((sum, one) => sum + 25 + Math.ceil(one.count / columns) * 64, 0);
        expect(heightOf(rows)).toBeLessThanOrEqual(plainly);
        const headings = rows.flatMap((row) => (row.kind === 'heading' ? row.segments.map((one) => one.group.id) : []));
        expect(headings).toEqual(groups.map((one) => one.id));
      }),
    );
  });
  it('copes with a thousand groups at once', () => {
    const rows = pack(
      Array.from({ length: 1_000 }, (_, i) => group(`g${i}-`, (i % 17) + 1)),
      sizes,
    );
    expect(numbersOf(rows)).toHaveLength(Array.from({ length: 1_000 }, (_, i) => (i % 17) + 1).reduce((a, b) => a + b));
  });
});

describe('walk', () => {
  // a0 a1 a2 | b0 b1 b2   above   c0 .. c5 / c6
  const rows = pack([group('a', 3), group('b', 3), group('c', 7, 'hidden')], sizes);
  const go = (from: string, step: Step) => walk(rows, findSpot(rows, from)!, step, 10)?.number ?? null;
  it.each<[string, Step, string | null]>([
    ['a0', 'right', 'a1'],
    ['a2', 'right', 'b0'],
    ['b2', 'right', 'c0'],
    ['c0', 'left', 'b2'],
    ['a0', 'left', null],
    ['b1', 'down', 'c4'],
    ['c4', 'down', 'c6'],
    ['c6', 'down', null],
    ['c5', 'up', 'b2'],
    ['a1', 'up', null],
    ['a1', 'end', 'b2'],
    ['b1', 'home', 'a0'],
    ['a0', 'last', 'c6'],
    ['c6', 'first', 'a0'],
    ['a0', 'pageDown', 'c6'],
    ['c6', 'pageUp', 'a0'],
  ])('from %s %s to %s', (from, step, to) => expect(go(from, step)).toBe(to));
  it('has no first tile where there is none', () => expect(firstSpot([])).toBeNull());
});
