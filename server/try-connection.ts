import { AmiSession } from './ami/session';
import type { SessionStatus } from './ami/types';
import type { AmiConnect } from './ami/url';
import { Feed } from './feed/feed';
import { clock } from './link';
import type { PbxTestResult } from './protocol/admin';

const patienceMs = 15_000;

type LinkSaid = { readonly asteriskVersion: string | null; readonly missing: PbxTestResult['missing'] };

/**
 * Try a connection as the panel would use it: sign in, read everything once, and tell in words what is wrong or what
 * would not work. Never rejects; takes 15 s at most.
 */
export async function testConnection(connect: AmiConnect): Promise<PbxTestResult> {
  const quiet = { info: () => {}, warn: () => {} };
  let version: string | null = null;
  let problem: string | null = null;
  const outcome = await new Promise<LinkSaid | null>((resolve) => {
    const timer = setTimeout(() => finish(null), patienceMs);
    const finish = (said: LinkSaid | null): void => {
      clearTimeout(timer);
      feed.stop();
      void session.close();
      resolve(said);
    };
    const failed = (status: SessionStatus): void => {
      problem = status.failure?.message ?? problem;
      if (status.state === 'waiting') finish(null);
    };
    const session = new AmiSession({
      connect,
      wants: new Set(['FullyBooted', 'Shutdown']),
      handlers: {
        event: (message, at) => feed.handleEvent(message, at),
        status: (status) => {
          failed(status);
          feed.handleStatus(status);
        },
        tamper: () => {},
      },
    });
    const feed = new Feed({
      ami: session,
      emit: (event) => {
        if (event.type !== 'link') return;
        version = event.asteriskVersion ?? version;
        if (event.link === 'up') finish({ asteriskVersion: version, missing: [...(event.missing ?? [])] });
      },
      clock,
      log: quiet,
    });
    session.start();
  });
  if (outcome === null) {
    const message = problem ?? 'The PBX did not answer within 15 seconds';
    return { ok: false, message, asteriskVersion: version, missing: [] };
  }
  const limits = outcome.missing.length === 0 ? 'everything works' : `${outcome.missing.length} functions are off`;
  return { ok: true, message: `Connected to Asterisk ${outcome.asteriskVersion ?? ''}: ${limits}.`, ...outcome };
}
