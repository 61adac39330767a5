import type { Actor } from './commands/actor';
import type { Board, BoardEdit, BoardView, BoardWithToken } from './protocol/boards';
import type { Limit } from './protocol/groups';
import type { SessionEnd } from './protocol/socket';
import type { BoardChange, StoredBoard } from './store/boards';
import { ConflictError, NotFoundError } from './store/errors';
import type { Store } from './store/store';
import { hashToken, randomToken } from './store/tokens';

export interface BoardKeeperDeps {
  readonly store: Pick<Store, 'boards'>;
  /** The limit that these groups make. */
  readonly limitOf: (groups: readonly string[]) => Limit;
  /** Closes the screens of a board, and says why. */
  readonly ended: (session: string, reason: SessionEnd) => void;
  /** Addresses of the screens that show a board now. */
  readonly screens: (session: string) => readonly string[];
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}

/** What scanners for leaked secrets may look for. */
export const boardTokenPrefix = 'cbb_';
const lookEveryMs = 500;
const seenEveryMs = 60_000;

/**
 * The wallboards. A board's token is good for one thing: to read the state as the board may see it, and what the board
 * shows. No other door of the panel knows it.
 */
export class BoardKeeper {
  #boards = new Map<string, StoredBoard>();
  #seenAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly deps: BoardKeeperDeps) {}

  /** To be awaited before anything asks. */
  async load(): Promise<void> {
    this.#boards = new Map((await this.deps.store.boards.list()).map((board) => [board.id, board]));
  }

  /** Notices boards that expire, and writes down which are looked at. */
  start(): void {
    this.#timer ??= setInterval(() => this.look(), lookEveryMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** What the timer does. */
  look(): void {
    const at = this.deps.now();
    for (const board of this.#boards.values()) {
      if (board.revokedAt !== null || board.expiresAt === null || board.expiresAt.getTime() > at) continue;
      if (this.deps.screens(sessionOf(board.id)).length > 0) this.end(board.id, 'expired');
    }
    if (at - this.#seenAt < seenEveryMs) return;
    this.#seenAt = at;
    for (const board of this.#boards.values()) {
      const [address] = this.deps.screens(sessionOf(board.id));
      if (address !== undefined) this.note(board, address);
    }
  }

  /** Who a board's token is, at this address; null: nobody who may be served. */
  authenticate(token: string, address: string): Actor | null {
    const board = this.byToken(token);
    if (board === null) return null;
    this.note(board, address);
    const { name, sees, showNumbers } = board.settings;
    return {
      kind: 'board',
      id: board.id,
      name: `wallboard ${name}`,
      permissions: showNumbers ? ['callernumbers'] : [],
      limits: {},
      ...(sees !== null && { sees: this.deps.limitOf(sees) }),
      extension: null,
      session: sessionOf(board.id),
      address,
    };
  }

  /** What the board of this token shows; null: its link is of no use. */
  view(token: string): BoardView | null {
    const board = this.byToken(token);
    if (board === null) return null;
    const { sees: _, ...settings } = board.settings;
    return { settings };
  }

  list(): Board[] {
    return [...this.#boards.values()].map((board) => this.shown(board));
  }

  async create({ settings, expiresAt }: BoardEdit, by: string): Promise<BoardWithToken> {
    const token = randomToken(boardTokenPrefix);
    const wanted = { hash: hashToken(token), settings, by, expiresAt: dateOf(expiresAt) };
    return { board: this.keep(await this.deps.store.boards.create(wanted)), token };
  }

  /** Open screens load it anew. Throws ConflictError when `version` is not the newest, and NotFoundError. */
  async save(id: string, version: number, { settings, expiresAt }: BoardEdit): Promise<Board> {
    const board = this.find(id);
    if (board.version !== version) throw new ConflictError('somebody else changed this board in the meantime');
    const saved = await this.change(board, { settings, expiresAt: dateOf(expiresAt) });
    this.end(id, 'changed');
    return saved;
  }

  /** A new link; the one before is of no use from now on. */
  async renew(id: string, by: string): Promise<BoardWithToken> {
    const token = randomToken(boardTokenPrefix);
    const change = { hash: hashToken(token), by, createdAt: new Date(this.deps.now()), revokedAt: null };
    const board = await this.change(this.find(id), change);
    this.end(id, 'revoked');
    return { board, token };
  }

  /** Its screens close at once, and its link stays of no use. */
  async revoke(id: string): Promise<Board> {
    const board = this.find(id);
    const saved = await this.change(board, { revokedAt: board.revokedAt ?? new Date(this.deps.now()) });
    this.end(id, 'revoked');
    return saved;
  }

  async remove(id: string): Promise<void> {
    await this.deps.store.boards.remove(id);
    this.#boards.delete(id);
    this.end(id, 'revoked');
  }

  /** What groups hold has changed: boards that are made of groups are looked at anew. */
  groupsChanged(): void {
    for (const { id, settings } of this.#boards.values()) if (settings.sees !== null) this.end(id, 'changed');
  }

  private byToken(token: string): StoredBoard | null {
    if (!token.startsWith(boardTokenPrefix)) return null;
    const hash = hashToken(token);
    const at = this.deps.now();
    for (const board of this.#boards.values()) {
      if (board.hash !== hash) continue;
      const lives = board.revokedAt === null && (board.expiresAt === null || board.expiresAt.getTime() > at);
      return lives ? board : null;
    }
    return null;
  }

  private find(id: string): StoredBoard {
    const board = this.#boards.get(id);
    if (board === undefined) throw new NotFoundError('there is no such board');
    return board;
  }

  private async change(board: StoredBoard, change: BoardChange): Promise<Board> {
    return this.keep(await this.deps.store.boards.update(board, change));
  }

  private keep(board: StoredBoard): Board {
    this.#boards.set(board.id, board);
    return this.shown(board);
  }

  private end(id: string, reason: SessionEnd): void {
    this.deps.ended(sessionOf(id), reason);
  }

  private note(board: StoredBoard, address: string): void {
    const at = new Date(this.deps.now());
    const recently = board.lastSeenAt !== null && at.getTime() - board.lastSeenAt.getTime() < seenEveryMs;
    if (recently && board.lastAddress === address) return;
    this.#boards.set(board.id, { ...board, lastSeenAt: at, lastAddress: address });
    this.deps.store.boards.seen(board, at, address).catch((error: unknown) => {
      this.deps.log.error({ err: error, board: board.id }, 'cannot write down when a board was seen');
    });
  }

  private shown(board: StoredBoard): Board {
    const { hash: _, createdAt, expiresAt, revokedAt, lastSeenAt, ...rest } = board;
    const text = (date: Date | null): string | null => date?.toISOString() ?? null;
    return {
      ...rest,
      createdAt: createdAt.toISOString(),
      expiresAt: text(expiresAt),
      revokedAt: text(revokedAt),
      lastSeenAt: text(lastSeenAt),
      open: this.deps.screens(sessionOf(board.id)).length,
    };
  }
}

/** No id of a session or token looks like this. */
function sessionOf(id: string): string {
  return `board:${id}`;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
