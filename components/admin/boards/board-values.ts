import { type Board, type BoardBlock, type BoardSettings, defaultBoard } from '@/server/protocol/boards';
import { localInput } from '../../availability/ends';

export type BlockKind = BoardBlock['kind'];
export const blockKinds = ['clock', 'queues', 'people', 'parking', 'message'] as const satisfies readonly BlockKind[];

/** A board as it is edited: numbers as they are typed, every block with its options, shown or not. */
export interface BoardValues {
  readonly name: string;
  readonly sees: readonly string[] | null;
  readonly showNumbers: boolean;
  readonly theme: BoardSettings['theme'];
  readonly scale: string;
  readonly columns: string;
  readonly pageSeconds: string;
  readonly waitWarn: string;
  readonly waitAlert: string;
  /** As `<input type="datetime-local">` has it; empty: never. */
  readonly expires: string;
  /** All of them, in order. */
  readonly order: readonly BlockKind[];
  readonly shown: readonly BlockKind[];
  readonly queues: readonly string[] | null;
  readonly members: boolean;
  readonly departments: readonly string[] | null;
  readonly seconds: boolean;
  readonly date: boolean;
  readonly message: string;
}

export function valuesOf(board: Pick<Board, 'settings' | 'expiresAt'> | null): BoardValues {
  const settings = board?.settings ?? defaultBoard;
  const block = <K extends BlockKind>(kind: K) =>
    settings.blocks.find((one): one is Extract<BoardBlock, { kind: K }> => one.kind === kind);
  const shown = settings.blocks.map(({ kind }) => kind);
  const clock = block('clock');
  return {
    name: settings.name,
    sees: settings.sees,
    showNumbers: settings.showNumbers,
    theme: settings.theme,
    scale: String(settings.scale),
    columns: String(settings.columns),
    pageSeconds: String(settings.pageSeconds),
    waitWarn: String(settings.waitWarn),
    waitAlert: String(settings.waitAlert),
    expires: board?.expiresAt ? localInput(Date.parse(board.expiresAt)) : '',
    order: [...shown, ...blockKinds.filter((kind) => !shown.includes(kind))],
    shown,
    queues: block('queues')?.queues ?? null,
    members: block('queues')?.members ?? true,
    departments: block('people')?.departments ?? null,
    seconds: clock?.seconds ?? false,
    date: clock?.date ?? true,
    message: block('message')?.text ?? '',
  };
}

/** What is sent; it may still be wrong. */
export function settingsOf(values: BoardValues): BoardSettings {
  const { name, sees, showNumbers, theme } = values;
  const number = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);
  return {
    ...{ name, sees: sees && [...sees], showNumbers, theme },
    scale: number(values.scale),
    columns: number(values.columns),
    pageSeconds: number(values.pageSeconds),
    waitWarn: number(values.waitWarn),
    waitAlert: number(values.waitAlert),
    blocks: shownBlocks(values).map((kind) => blockOf(kind, values)),
  };
}

/** The blocks that are shown, in order. */
export function shownBlocks({ order, shown }: Pick<BoardValues, 'order' | 'shown'>): BlockKind[] {
  return order.filter((kind) => shown.includes(kind));
}

/** ISO 8601; null: for ever; undefined: this is no time. */
export function untilOf(local: string): string | null | undefined {
  if (local === '') return null;
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function blockOf(kind: BlockKind, values: BoardValues): BoardBlock {
  const { queues, members, departments, seconds, date, message } = values;
  switch (kind) {
    case 'queues':
      return { kind, queues: queues && [...queues], members };
    case 'people':
      return { kind, departments: departments && [...departments] };
    case 'clock':
      return { kind, seconds, date };
    case 'message':
      return { kind, text: message };
    case 'parking':
      return { kind };
  }
}
