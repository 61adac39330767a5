import type { CommandName, CommandResult } from './commands';
import type { Failure } from './errors';
import type { SavedLayout } from './layout';
import type { Me } from './session';
import type { Frame, Snapshot } from './state';

/** Version of this wire; a browser with another one is told to reload. */
export const protocolVersion = 1;

/** `have`: what the browser holds already; it gets the frames since, or a snapshot when they are gone. */
export interface Hello {
  readonly version: number;
  readonly have?: { readonly epoch: string; readonly seq: number };
}

export type HelloAnswer =
  | {
      readonly ok: true;
      readonly me: Me;
      readonly layout: SavedLayout;
      readonly serverTime: number;
      readonly snapshot: Snapshot;
    }
  | {
      readonly ok: true;
      readonly me: Me;
      readonly layout: SavedLayout;
      readonly serverTime: number;
      readonly frames: readonly Frame[];
    }
  | Failure;

export interface CommandRequest {
  readonly name: CommandName;
  readonly params: unknown;
}

export type LayoutAnswer =
  | { readonly ok: true; readonly version: number }
  | (Failure & { readonly current?: SavedLayout });

/** Browser to server. Everything is parsed before it is believed; every message is answered. */
export interface ClientEvents {
  hello(hello: Hello, answer: (answer: HelloAnswer) => void): void;
  command(request: CommandRequest, answer: (result: CommandResult) => void): void;
  /** Save one's own layout over the version it was read at. */
  layout(saved: SavedLayout, answer: (result: LayoutAnswer) => void): void;
}

/** Of a wallboard `changed`: what it shows, load it anew; `revoked`: its link is of no use any more. */
export type SessionEnd =
  | 'disabled'
  | 'signedOut'
  | 'expired'
  | 'passwordChanged'
  | 'changed'
  | 'revoked'
  | 'secondFactor';

/** Server to browser. */
export interface ServerEvents {
  frame(frame: Frame): void;
  /** The backlog of this browser was dropped: ask again with `hello`. */
  resync(): void;
  /** The session ended; the socket closes after this. */
  ended(reason: SessionEnd): void;
  /** One's own profile or permissions changed. */
  me(me: Me): void;
  /** The panel's name, logo, colours or locale changed: ask for them. */
  appearance(): void;
  /** One's own layout was saved elsewhere. */
  layout(saved: SavedLayout): void;
}
