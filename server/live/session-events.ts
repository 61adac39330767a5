import type { Me } from '../protocol/session';
import type { SessionEnd } from '../protocol/socket';
import type { EndedSessions, SessionEvents } from './identity';

export interface Source<T> {
  /** Answers how to stop hearing. */
  on(listener: (event: T) => unknown): () => void;
}

/** What authentication tells: ended sessions, ids of ended tokens, ids of users who changed. */
export interface AuthSignals {
  readonly ended: Source<{ readonly sessionId: string; readonly reason: SessionEnd }>;
  readonly tokenEnded: Source<string>;
  readonly userChanged: Source<string>;
}

/** The gateway's view of it. `read` answers null for a user who is gone: then the end of the session is told as well. */
export function sessionEvents(
  signals: AuthSignals,
  read: (userId: string) => Promise<Me | null>,
  log: { error(fields: object, message: string): void },
): SessionEvents {
  const endings = new Set<(ended: EndedSessions) => void>();
  return {
    onEnded(listener) {
      endings.add(listener);
      const stops = [
        () => endings.delete(listener),
        signals.ended.on(({ sessionId, reason }) => listener({ sessionId, reason })),
        signals.tokenEnded.on((sessionId) => listener({ sessionId, reason: 'expired' })),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    onChanged(listener) {
      // One after the other: the last read is the newest.
      let reading: Promise<void> = Promise.resolve();
      return signals.userChanged.on((userId) => {
        reading = reading
          .then(async () => {
            const me = await read(userId);
            if (me !== null) listener(me);
          })
          .catch((error: unknown) => {
            log.error({ err: error, userId }, 'changed user not read: their panels are closed');
            // What they may do now is not known, and must not be what they might before.
            for (const end of endings) end({ userId, reason: 'expired' });
          });
        return reading;
      });
    },
  };
}
