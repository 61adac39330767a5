/** One line of the result: what was measured, and how it stands to its goal. */
export interface Row {
  readonly part: string;
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
  /** Null: there is no goal, the line is for comparison. */
  readonly met: boolean | null;
}

export function row(part: string, measure: string, value: string, goal = '', met: boolean | null = null): Row {
  return { part, measure, value, goal, met };
}

const word = (met: boolean | null): string => (met === null ? '' : met ? 'met' : '**missed**');

export function asText(rows: readonly Row[]): string {
  const cells = [
    ['part', 'measure', 'value', 'goal', ''],
    ...rows.map(({ part, measure, value, goal, met }) => [part, measure, value, goal, word(met).replaceAll('*', '')]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function asMarkdown(rows: readonly Row[]): string {
  const lines = rows.map(({ measure, value, goal, met }) => `| ${measure} | ${value} | ${goal} | ${word(met)} |`);
  return ['| measure | value | goal | |', '|---|---|---|---|', ...lines].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
