import type { WriteOutcome } from './features/backend';
import type { DfksTestBody, DfksTestResult } from './protocol/availability';

/** The management interface of OpenSIPS; features/dfks/mi-client.ts. */
interface Mi {
  call(url: string, method: string, params: Readonly<Record<string, unknown>>): Promise<WriteOutcome>;
}

/** Asks OpenSIPS for its version: a command that changes nothing. Never rejects; takes as long as `mi` waits. */
export async function testMi(mi: Mi, { url, domain }: DfksTestBody): Promise<DfksTestResult> {
  const outcome = await mi.call(url, 'version', {});
  if (outcome.kind !== 'done') return { ok: false, message: outcome.message };
  const where = `OpenSIPS answers at ${new URL(url).host}.`;
  if (domain === '') return { ok: true, message: `${where} The SIP domain is still missing.` };
  return { ok: true, message: `${where} Phones are told as sip:101@${domain}; a key press shows whether that fits.` };
}
