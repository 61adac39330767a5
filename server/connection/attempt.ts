import { AmiSession } from '../ami/session';
import type { LinkFailure } from '../ami/types';
import type { AmiConnect } from '../ami/url';
import { Feed } from '../feed/feed';
import { clock } from '../link';
import type { PbxEvent } from '../pbx/events';
import type { PbxFound } from '../protocol/admin';
import type { MissingFunction } from '../protocol/records';
import { type Heard, unheardClasses } from './listening';

/** How one try ended. */
export type Attempt =
  | {
      readonly ok: true;
      readonly asteriskVersion: string | null;
      readonly missing: readonly MissingFunction[];
      readonly found: PbxFound;
    }
  | {
      readonly ok: false;
      /** Null: it took too long. */
      readonly failure: { readonly kind: LinkFailure; readonly message: string } | null;
      /** How far it came. */
      readonly reached: 'nothing' | 'greeting' | 'login';
      /** Of the greeting, such as `11.0.0`; null: there was none. */
      readonly amiVersion: string | null;
      readonly asteriskVersion: string | null;
    };

const nothingFound: PbxFound = { extensions: 0, queues: 0, conferences: 0, parking: 0, trunks: 0, channels: 0 };

/** Signs in, reads everything once and listens for a moment, as the panel would. Never rejects. */
export function attemptConnection(connect: AmiConnect, patienceMs: number): Promise<Attempt> {
  return new Promise((resolve) => {
    let version: string | null = null;
    let reached: 'nothing' | 'greeting' | 'login' = 'nothing';
    let failure: { kind: LinkFailure; message: string } | null = null;
    let found = nothingFound;
    let over = false;
    const heard: Heard = new Set();
    const finish = (outcome: Attempt): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      feed.stop();
      void session.close();
      resolve(outcome);
    };
    const failed = (): void => {
      const { amiVersion } = session.status;
      finish({ ok: false, failure, reached, amiVersion, asteriskVersion: version });
    };
    const timer = setTimeout(failed, patienceMs);
    const session = new AmiSession({
      connect,
      wants: new Set(['FullyBooted', 'Shutdown', 'OriginateResponse', 'UserEvent']),
      handlers: {
        event: (message, at) => {
          heard.add(message.name);
          if (message.name === 'FullyBooted' || message.name === 'Shutdown') feed.handleEvent(message, at);
        },
        status: (status) => {
          failure = status.failure ?? failure;
          if (status.state === 'loggingIn') reached = 'greeting';
          if (status.state === 'booting') reached = 'login';
          if (status.state === 'loggingIn' && isAncient(status.amiVersion)) return queueMicrotask(failed);
          if (status.state === 'waiting') return failed();
          feed.handleStatus(status);
        },
        tamper: () => {},
      },
    });
    const feed = new Feed({
      ami: session,
      emit: (event) => {
        found = count(found, event);
        if (event.type !== 'link') return;
        version = event.asteriskVersion ?? version;
        if (event.link !== 'up') return;
        const missing = [...(event.missing ?? [])];
        void unheardClasses(session, heard).then((unheard) =>
          finish({ ok: true, asteriskVersion: version, missing: [...missing, ...unheard], found }),
        );
      },
      clock,
      log: { info: () => {}, warn: () => {} },
    });
    session.start();
  });
}

/** AMI of Asterisk 11 and older: other events, other names. */
export function isAncient(amiVersion: string | null): boolean {
  return amiVersion !== null && Number.parseInt(amiVersion, 10) < 2;
}

function count(found: PbxFound, event: PbxEvent): PbxFound {
  switch (event.type) {
    case 'list.extensions':
      return { ...found, extensions: event.extensions.length };
    case 'list.queues':
      return { ...found, queues: event.queues.length };
    case 'list.conferences':
      return { ...found, conferences: event.conferences.length };
    case 'list.parking':
      return { ...found, parking: event.lots.length };
    case 'list.trunks':
      return { ...found, trunks: event.trunks.length };
    case 'list.channels':
      return { ...found, channels: event.channels.length };
    default:
      return found;
  }
}
