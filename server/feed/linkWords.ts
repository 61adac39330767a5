import type { SessionStatus } from '../ami/types';

/** Why the link is not up, in words for a person; null while it is. */
export function linkProblem(status: SessionStatus): string | null {
  const failure = status.failure?.message ?? '';
  switch (status.state) {
    case 'ready':
      return null;
    case 'connecting':
    case 'loggingIn':
      return failure || 'Connecting to the PBX';
    case 'booting':
      return 'Connected; Asterisk is still starting';
    case 'waiting':
      return failure || 'The PBX cannot be reached';
    case 'idle':
    case 'closed':
      return failure || 'Not connected to a PBX';
  }
}
