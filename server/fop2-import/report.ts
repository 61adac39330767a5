import type { ImportRow } from '../protocol/fop2-import';
import type { SourceText } from './bytes';

/** Where something stands: index of the file and number of the line, from 1. */
export interface Ref {
  readonly file: number;
  readonly line: number;
}

export type Outcome = ImportRow['outcome'];

interface Cell {
  key: string;
  outcome: Outcome;
  readonly words: string[];
}

/** What became of every line of every file: each has one row, or is within one row of ignored lines. */
export class Report {
  readonly #cells: Cell[][];

  constructor(private readonly texts: readonly SourceText[]) {
    this.#cells = texts.map(({ lines }) =>
      lines.map(() => ({ key: '', outcome: 'notTaken', words: [] as string[] }) satisfies Cell),
    );
  }

  /** `key`: what stands there, such as `label` or `[SIP/620]`; never a value. */
  name(at: Ref, key: string): void {
    const cell = this.#cell(at);
    if (cell) cell.key = key;
  }

  taken(at: Ref, words: string): void {
    this.#set(at, 'taken', words);
  }

  /** Taken, and something about it was not. */
  partly(at: Ref, words: string): void {
    const cell = this.#cell(at);
    if (cell?.outcome === 'taken') cell.outcome = 'partly';
    this.remark(at, words);
  }

  /** One more sentence about it. */
  remark(at: Ref, words: string): void {
    this.#cell(at)?.words.push(words);
  }

  /** That what stands at `before` counts no more, as it is said again at `at`. */
  saidAgain(before: Ref, at: Ref): void {
    const where = before.file === at.file ? '' : `${this.texts[at.file]?.name ?? ''}, `;
    this.notTaken(before, `Said again (${where}line ${at.line}), which counts.`);
  }

  notTaken(at: Ref, why: string): void {
    this.#set(at, 'notTaken', why);
  }

  ignored(at: Ref, words: string): void {
    this.#set(at, 'ignored', words);
  }

  rows(): ImportRow[] {
    return this.#cells.flatMap((cells, file) => rowsOf(this.texts[file]?.name ?? '', cells));
  }

  #set(at: Ref, outcome: Outcome, words: string): void {
    const cell = this.#cell(at);
    if (cell === undefined) return;
    cell.outcome = outcome;
    cell.words.splice(0, cell.words.length, words);
  }

  #cell({ file, line }: Ref): Cell | undefined {
    return this.#cells[file]?.[line - 1];
  }
}

function rowsOf(file: string, cells: readonly Cell[]): ImportRow[] {
  const rows: ImportRow[] = [];
  for (const [at, { key, outcome, words }] of cells.entries()) {
    const text = words.length === 0 ? 'Not understood.' : words.join(' ');
    const last = rows.at(-1);
    if (outcome === 'ignored' && last?.outcome === 'ignored' && last.words === text) last.to = at + 1;
    else rows.push({ file, line: at + 1, to: at + 1, key, outcome, words: text });
  }
  return rows;
}
