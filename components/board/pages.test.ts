import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoardCard, cardRows, cardsAcross, heights, lampsAcross, pagesOf, peopleRows } from './pages';

const queue = (name: string, members = false): BoardCard => ({ kind: 'queue', name, members });
const people = (count: number) => Array.from({ length: count }, (_, at) => String(100 + at));

describe('the pages of a board', () => {
  it('are one where everything fits', () => {
    const rows = [
      ...cardRows([queue('sales'), queue('support')], 3),
      ...peopleRows([{ title: 'IT', numbers: people(7) }], 6),
    ];
    expect(pagesOf(rows, 54)).toEqual([rows]);
  });

  it('keep a heading with its people, and repeat it where they go on', () => {
    const pages = pagesOf(peopleRows([{ title: 'IT', numbers: people(30) }], 6), heights.heading + 3 * heights.lamps);
    const headings = pages.map(([first]) =>
      first?.kind === 'heading' ? first.headings.map(({ title }) => title) : [],
    );
    expect(headings).toEqual([['IT'], ['IT, continued']]);
  });

  it('have no more side by side than can be read, and no empty columns', () => {
    expect([cardsAcross(3, 116), cardsAcross(8, 116), cardsAcross(3, 64), cardsAcross(3, 10)]).toEqual([3, 5, 2, 1]);
    expect([lampsAcross(3, 116), lampsAcross(2, 64), lampsAcross(1, 10)]).toEqual([6, 3, 1]);
    expect(cardRows([queue('sales')], 3)).toMatchObject([{ columns: 1 }]);
  });

  it('put small departments side by side', () => {
    const groups = ['IT', 'Sales'].map((title) => ({ title, numbers: people(3) }));
    expect(peopleRows(groups, 6)[0]).toEqual({
      kind: 'heading',
      headings: [
        { title: 'IT', column: 0, columns: 3 },
        { title: 'Sales', column: 3, columns: 3 },
      ],
    });
  });

  it('show everybody once, in order, and never more than fits', () => {
    const arbitraryGroups = fc.array(fc.record({ title: fc.constantFrom('', 'A', 'B'), size: fc.nat(40) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        arbitraryGroups,
        fc.nat(12),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 30, max: 90 }),
        (sizes, cards, columns, room) => {
          let made = 0;
          const next = () => {
            made += 1;
            return String(made);
          };
          const groups = sizes.map(({ title, size }) => ({
            title,
            numbers: Array.from({ length: size }, next),
          }));
          const queues = Array.from({ length: cards }, (_, at) => queue(`q${at}`, at % 3 === 0));
          const pages = pagesOf([...cardRows(queues, columns), ...peopleRows(groups, 2 * columns)], room);
          const rows = pages.flat();
          const shown = rows.flatMap((row) => (row.kind === 'lamps' ? row.cells.filter((one) => one !== null) : []));
          expect([...shown].sort()).toEqual(groups.flatMap(({ numbers }) => numbers).sort());
          const names = rows.flatMap((row) => (row.kind === 'cards' ? row.cards : []));
          expect(names).toEqual(queues);
          for (const page of pages) {
            const height = page.reduce((sum, row) => {
              if (row.kind === 'cards') return sum + (row.tall ? heights.tallCard : heights.card);
              return sum + (row.kind === 'heading' ? heights.heading : heights.lamps);
            }, 0);
            expect(height).toBeLessThanOrEqual(room);
            expect(page.at(-1)?.kind).not.toBe('heading');
          }
        },
      ),
    );
  });
});
