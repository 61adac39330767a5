import type { AmiConnect } from './ami/url';
import { type Attempt, attemptConnection } from './connection/attempt';
import { certificateAt } from './connection/certificate';
import { addressTowards } from './connection/own-address';
import { whoAnswers } from './connection/probe';
import { explain, type Failed } from './connection/words';
import type { PbxFound, PbxTestResult } from './protocol/admin';

const patienceMs = 12_000;
/** What is older was never tried: AMI 2 came with Asterisk 12, and 13 is the first that lists what the panel reads. */
const oldest = 13;

/**
 * Try a connection as the panel would use it: sign in, read everything once, listen for a moment, and tell in words what is
 * wrong or what would not work. A failed one is looked at more closely. Never rejects; takes 25 s at most.
 */
export async function testConnection(connect: AmiConnect): Promise<PbxTestResult> {
  const [attempt, ownAddress] = await Promise.all([
    attemptConnection(connect, patienceMs),
    addressTowards(connect.host),
  ]);
  return attempt.ok ? worked(attempt, ownAddress) : failed(attempt, connect, ownAddress);
}

async function failed(attempt: Failed, connect: AmiConnect, ownAddress: string | null): Promise<PbxTestResult> {
  const { host, port } = connect;
  const unclear = attempt.reached === 'nothing' && !['refused', 'unreachable'].includes(attempt.failure?.kind ?? '');
  const answerer = unclear ? await whoAnswers(host, port) : null;
  const shown = attempt.failure?.kind === 'tls' ? await certificateAt(host, port) : null;
  const explained = explain(attempt, connect, { answerer, certificate: shown, ownAddress });
  return {
    ok: false,
    ...explained,
    asteriskVersion: attempt.asteriskVersion,
    missing: [],
    found: null,
    certificate: explained.cause === 'certificate' ? shown : null,
    ownAddress,
  };
}

function worked(attempt: Extract<Attempt, { ok: true }>, ownAddress: string | null): PbxTestResult {
  const { asteriskVersion, missing, found } = attempt;
  const base = { asteriskVersion, missing: [...missing], found, certificate: null, ownAddress };
  const major = Number.parseInt(/\d+/.exec(asteriskVersion ?? '')?.[0] ?? '', 10);
  if (major < oldest)
    return {
      ...base,
      ok: false,
      cause: 'tooOld',
      message: `This is Asterisk ${asteriskVersion}, which is too old.`,
      advice: `The panel needs Asterisk ${oldest} or newer; it is tested with 16 and 22.`,
    };
  const denied = missing.some(({ needs }) => needs === 'reporting') && found.extensions === 0;
  if (denied)
    return {
      ...base,
      ok: false,
      cause: 'noRights',
      message: 'The sign-in worked, but this account may read nothing of the PBX.',
      advice: 'Give it the read and write lines shown above, then: manager reload.',
    };
  const limits =
    missing.length === 0
      ? 'Everything works'
      : missing.length === 1
        ? 'One thing is off'
        : `${missing.length} things are off`;
  return { ...base, ok: true, cause: null, advice: null, message: `${limits}. Found ${foundText(found)}.` };
}

/** `48 extensions, 2 queues and 1 trunk`. */
export function foundText(found: PbxFound): string {
  const words = (
    [
      [found.extensions, 'extension', 'extensions'],
      [found.queues, 'queue', 'queues'],
      [found.conferences, 'conference', 'conferences'],
      [found.parking, 'parking lot', 'parking lots'],
      [found.trunks, 'trunk', 'trunks'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  if (words.length === 0) return 'no extensions yet';
  const last = words.pop();
  return words.length === 0 ? `${last}` : `${words.join(', ')} and ${last}`;
}
