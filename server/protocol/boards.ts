import { z } from 'zod';
import { groupName } from './groups';
import { nameLine } from './name-line';

/** Wallboards: read-only views for a screen on the wall, each with a link of its own. */

const key = z.string().trim().min(1).max(120);

/** One thing on a board; queues and people are shown in the order of the list, the rest once. */
export const boardBlock = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('queues'),
    /** Names of queues in order; null: all. */
    queues: z.array(key).max(200).nullable(),
    /** Whether who answers is listed, or only counted. */
    members: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('people'),
    /** Departments in order; null: everybody. */
    departments: z.array(key).max(500).nullable(),
  }),
  z.strictObject({ kind: z.literal('parking') }),
  z.strictObject({ kind: z.literal('clock'), seconds: z.boolean(), date: z.boolean() }),
  z.strictObject({ kind: z.literal('message'), text: z.string().trim().min(1, 'enter the message').max(300) }),
]);
export type BoardBlock = z.infer<typeof boardBlock>;

const settingsShape = z.strictObject({
  name: nameLine(60),
  /** Names of the groups that are seen; null: everything. */
  sees: z.array(groupName).max(100).nullable(),
  /** Whether the numbers and names of callers from outside are shown: everybody who passes the screen reads them. */
  showNumbers: z.boolean(),
  theme: z.enum(['dark', 'light']),
  /** Per cent. */
  scale: z.number().int().min(50, 'at least 50').max(200, 'at most 200'),
  /** Cards side by side. */
  columns: z.number().int().min(1, 'at least 1').max(8, 'at most 8'),
  /** Seconds that each page is shown, when there is more than fits. */
  pageSeconds: z.number().int().min(5, 'at least 5').max(600, 'at most 600'),
  /** Seconds a caller has waited when it is marked, and when it is marked as too long. */
  waitWarn: z.number().int().min(5, 'at least 5').max(3_600, 'at most 3600'),
  waitAlert: z.number().int().min(5, 'at least 5').max(3_600, 'at most 3600'),
  blocks: z.array(boardBlock).min(1, 'put something on the board').max(20),
});

export const boardSettings = settingsShape.superRefine(({ blocks, waitWarn, waitAlert }, context) => {
  if (waitAlert <= waitWarn) {
    context.addIssue({ code: 'custom', path: ['waitAlert'], message: 'has to be longer than the first' });
  }
  for (const [at, { kind }] of blocks.entries()) {
    if (blocks.findIndex((one) => one.kind === kind) === at) continue;
    context.addIssue({ code: 'custom', path: ['blocks', at, 'kind'], message: 'is on the board already' });
  }
});
export type BoardSettings = z.infer<typeof boardSettings>;

const expiresAt = z.iso.datetime().nullable();

/** One board as the administration lists it. Times are ISO 8601. */
export const board = z.object({
  id: z.string(),
  version: z.number().int(),
  settings: boardSettings,
  /** Who made the link in use. */
  by: z.string(),
  createdAt: z.iso.datetime(),
  /** Null: never. */
  expiresAt,
  /** Since when its link is of no use any more; null: it is in use. */
  revokedAt: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  lastAddress: z.string().nullable(),
  /** Screens that show it now. */
  open: z.number().int().nonnegative(),
});
export type Board = z.infer<typeof board>;

export const boardList = z.object({ boards: z.array(board) });

/** POST /api/v1/admin/boards */
export const newBoardBody = z.strictObject({ settings: boardSettings, expiresAt });
export type BoardEdit = z.infer<typeof newBoardBody>;
/** PUT /api/v1/admin/boards/{id}, with the version that was edited. */
export const boardBody = newBoardBody.extend({ version: z.number().int().nonnegative() });
/** `token` is told here and never again: the link is `/board/#<token>`. */
export const boardWithToken = z.object({ board, token: z.string() });
export type BoardWithToken = z.infer<typeof boardWithToken>;

/** GET /api/v1/board: what a board shows, asked for with its token. */
export const boardView = z.object({ settings: settingsShape.omit({ sees: true }) });
export type BoardView = z.infer<typeof boardView>;

export const defaultBoard: BoardSettings = {
  name: '',
  sees: null,
  showNumbers: false,
  theme: 'dark',
  scale: 100,
  columns: 3,
  pageSeconds: 15,
  waitWarn: 30,
  waitAlert: 120,
  blocks: [
    { kind: 'clock', seconds: false, date: true },
    { kind: 'queues', queues: null, members: true },
    { kind: 'people', departments: null },
  ],
};
