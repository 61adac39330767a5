import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { Auth } from '../auth/auth';
import type { Principal } from '../auth/principal';
import type { SignIn } from '../auth/sign-in';
import type { Actor } from '../commands/actor';
import type { Config } from '../config';
import type { Rights } from '../protocol/access';
import type { AccessPreview } from '../protocol/access-answers';
import type { PbxCertificate, PbxSettings, PbxSettingsBody, PbxTestResult } from '../protocol/admin';
import type { Appearance, AppearanceSettings, SavedAppearance } from '../protocol/appearance';
import type { DfksFeature, DfksTestBody, DfksTestResult, SavedAvailability } from '../protocol/availability';
import type { Board, BoardEdit, BoardView, BoardWithToken } from '../protocol/boards';
import type {
  ButtonAdd,
  ButtonConflict,
  ButtonEdit,
  ButtonId,
  ButtonRecord,
  ButtonsChanged,
  ButtonsImportBody,
  ButtonsImported,
} from '../protocol/buttons';
import type { CallNote, CallsPage, CallsQuery, LoggedCall } from '../protocol/call-log';
import type { CommandResult } from '../protocol/commands';
import type { DfksRefusal, DfksTruth } from '../protocol/dfks';
import type { LayoutsAnswer, SavedLayout, SavedLayoutDefaults } from '../protocol/layout';
import type { Permission } from '../protocol/permissions';
import type { SavedRecording } from '../protocol/recording';
import type { LinkState, PbxRecord } from '../protocol/records';
import type { SavedSetup, SetupFound } from '../protocol/setup';
import type { Store } from '../store/store';
import type { DataPort, HealthPort } from './health-ports';
import type { ImportPort } from './import-port';

/** Where the PBX connection is kept and tried out. May throw ConflictError or RequestError. */
export interface PbxSettingsPort {
  get(): Promise<PbxSettings>;
  /** Saves, and connects anew. */
  save(body: PbxSettingsBody): Promise<PbxSettings>;
  /** Connects once without touching the running link. */
  test(body: PbxSettingsBody): Promise<PbxTestResult>;
  /** What is shown there, unchecked; null: nothing there speaks TLS. Never rejects. */
  certificate(host: string, port: number): Promise<PbxCertificate | null>;
}

/** Where the settings of availability are kept and tried out. `save` may throw ConflictError. */
export interface AvailabilitySettingsPort {
  get(): Promise<SavedAvailability>;
  save(body: SavedAvailability): Promise<SavedAvailability>;
  /** Never rejects. */
  testDfks(body: DfksTestBody): Promise<DfksTestResult>;
  /** An extension, queue, room or parking lot of the PBX. */
  isInternal(number: string): boolean;
}

/** How recordings are named. `save` may throw ConflictError. */
export interface RecordingSettingsPort {
  get(): Promise<SavedRecording>;
  save(body: SavedRecording): Promise<SavedRecording>;
}

/** The feature store of OpenSIPS (features/dfks/port.ts). Null: there is no such extension. */
export interface DfksPort {
  get(user: string, feature: DfksFeature): DfksTruth | null;
  /** What is true after it. `body` as it came: it is parsed there, so that a refusal can say what holds instead. */
  set(user: string, feature: DfksFeature, body: unknown): DfksTruth | DfksRefusal | null;
}

/** Calls that are over; each actor is told what limits and the privacy of numbers leave. */
export interface CallsPort {
  page(actor: Actor, query: CallsQuery): Promise<CallsPage>;
  all(actor: Actor, query: Omit<CallsQuery, 'limit'>): AsyncIterable<LoggedCall>;
  /** Null: there is no such call, or none that this actor may see. */
  notes(actor: Actor, call: string): Promise<CallNote[] | null>;
}

/** The set-up assistant. */
export interface SetupPort {
  get(): Promise<SavedSetup>;
  /** May throw ConflictError. */
  save(body: SavedSetup): Promise<SavedSetup>;
  found(): Promise<SetupFound>;
  /** The address that the panel comes from; null: not known. Never rejects. */
  addressTowards(host: string): Promise<string | null>;
}

/** Whom rights reach. */
export interface ReachPort {
  /** Whether this permission of this actor is there, and holds for that extension. */
  mayTouch(actor: Actor, permission: Permission, extension: string): boolean;
  /** Whether they may know the numbers of those outside that have to do with this extension. */
  seesNumbers(actor: Actor, extension: string): boolean;
  /** An extension, queue, room, lot or parking space. */
  isInside(number: string): boolean;
}

/** How the panel looks to whom: the users' own layouts, and the defaults of the roles. */
export interface LayoutsPort {
  get(userId: string): Promise<SavedLayout>;
  /** `current`: somebody saved a newer one, and nothing was written. */
  put(
    userId: string,
    saved: SavedLayout,
  ): Promise<{ readonly ok: true; readonly version: number } | { readonly ok: false; readonly current: SavedLayout }>;
  /** Takes back what the user arranged, and shows it. May throw NotFoundError. */
  reset(userId: string): Promise<SavedLayout>;
  overview(): Promise<LayoutsAnswer>;
  /** May throw ConflictError. */
  saveDefaults(edited: SavedLayoutDefaults): Promise<LayoutsAnswer>;
}

/** The wallboards. Those that change one may throw ConflictError and NotFoundError. */
export interface BoardsPort {
  list(): Board[];
  create(edit: BoardEdit, by: string): Promise<BoardWithToken>;
  save(id: string, version: number, edit: BoardEdit): Promise<Board>;
  /** A new link; the one before is of no use. */
  renew(id: string, by: string): Promise<BoardWithToken>;
  revoke(id: string): Promise<Board>;
  remove(id: string): Promise<void>;
  /** What the board of this token shows; null: its link is of no use. */
  view(token: string): BoardView | null;
}

/** The table of everything on the panel (server/buttons). `change`, `add` and `import` may throw ConflictError. */
export interface ButtonsPort {
  readonly digest: string;
  list(): ButtonRecord[];
  change(edits: readonly ButtonEdit[], by: string): Promise<ButtonsChanged>;
  add(body: ButtonAdd, by: string): Promise<ButtonRecord>;
  forget(ids: readonly ButtonId[]): Promise<{ digest: string; forgotten: number; conflicts: ButtonConflict[] }>;
  import(body: ButtonsImportBody, by: string): Promise<ButtonsImported>;
  readonly columns: readonly string[];
  /** Each row as cells of a CSV file, harmless in a spreadsheet. */
  cells(): Iterable<Record<string, string>>;
  json(): string;
}

/** How the panel calls itself and looks. `save` may throw ConflictError. */
export interface AppearancePort {
  get(): SavedAppearance;
  shown(): Appearance;
  picture(name: 'logo' | 'icon'): { readonly type: string; readonly bytes: Buffer } | null;
  /** What is wrong with a picture, in words; null: nothing. */
  objection(settings: AppearanceSettings): { readonly field: string; readonly message: string } | null;
  save(edited: SavedAppearance): Promise<SavedAppearance>;
}

/** What the HTTP app stands on; the composition root gives it. */
export interface HttpDeps {
  readonly config: Pick<Config, 'publicUrl' | 'trustProxy'>;
  readonly store: Store;
  readonly auth: Auth;
  readonly signIn: SignIn;
  /** JSON of the snapshot a browser of this one would get. */
  readonly state: (principal: Principal) => string;
  /** Never rejects. */
  readonly runCommand: (name: string, params: unknown, actor: Actor) => Promise<CommandResult>;
  readonly pbxStatus: () => { readonly link: LinkState; readonly demo: boolean };
  /** Who stopped all calls to the outside, and when; null: they run. */
  readonly outsideStopped: () => PbxRecord['outsideStopped'];
  readonly reach: ReachPort;
  /** What somebody with these rights and this extension would see and do now. */
  readonly previewAccess: (rights: Rights, extension: string | null) => AccessPreview;
  readonly pbxSettings: PbxSettingsPort;
  readonly imports: ImportPort;
  readonly availabilitySettings: AvailabilitySettingsPort;
  readonly recordingSettings: RecordingSettingsPort;
  /** Under which the history of the PBX that is followed now is kept. */
  readonly pbxKey: () => string;
  readonly setup: SetupPort;
  readonly dfks: DfksPort;
  readonly calls: CallsPort;
  readonly layouts: LayoutsPort;
  readonly boards: BoardsPort;
  readonly appearance: AppearancePort;
  readonly buttons: ButtonsPort;
  /** A layout was saved over REST: tell the user's other windows. */
  readonly layoutSaved: (userId: string, saved: SavedLayout) => void;
  readonly health: HealthPort;
  readonly data: DataPort;
  readonly version: string;
  readonly log: FastifyBaseLogger;
  readonly metrics: Registry;
  /** The static export; null: no pages are served (development serves them itself). */
  readonly staticDir: string | null;
  readonly now: () => number;
}
