import { createHash } from 'node:crypto';
import { AmiLinkError, AmiLinkLostError, AmiRefusedError, AmiTimeoutError } from './errors';
import type { AmiFields, AmiMessage } from './types';
import type { AmiConnect } from './url';

/** Sends an action while the session is not ready yet. */
export type RawAction = (name: string, fields: AmiFields) => Promise<AmiMessage>;

/**
 * Log in. The MD5 challenge comes first: the secret never crosses the wire. Only when Asterisk refuses the challenge
 * itself is the secret sent, and then only over TLS or where the administrator allowed it (`plain=1`): whoever sits on
 * the wire could otherwise refuse MD5 to be told the secret. Throws AmiLinkError with the cause.
 *
 * `eventMask` (the classes wanted) goes with the login, so that not one unwanted event is sent; it needs no right.
 */
export async function logIn(
  send: RawAction,
  connect: AmiConnect,
  encrypted: boolean,
  eventMask: string,
): Promise<void> {
  const challenge = await askChallenge(send);
  const common = { Username: connect.username, Events: eventMask };
  if (challenge !== null) {
    const key = createHash('md5').update(challenge).update(connect.secret).digest('hex');
    await attempt(send, { ...common, AuthType: 'MD5', Key: key });
    return;
  }
  if (!encrypted && connect.allowPlainLogin !== true) {
    throw new AmiLinkError(
      'badSecret',
      'The PBX refuses MD5 login; use amis:// (TLS), or allow plain login with ?plain=1',
    );
  }
  await attempt(send, { ...common, Secret: connect.secret });
}

async function askChallenge(send: RawAction): Promise<string | null> {
  try {
    const answer = await send('Challenge', { AuthType: 'MD5' });
    return answer.get('Challenge') ?? null;
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw asLinkError(error);
    const temporary = temporaryRefusal(error);
    if (temporary !== null) throw temporary;
    return null;
  }
}

async function attempt(send: RawAction, fields: AmiFields): Promise<void> {
  try {
    await send('Login', fields);
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw asLinkError(error);
    const temporary = temporaryRefusal(error);
    if (temporary !== null) throw temporary;
    throw new AmiLinkError('badSecret', `The PBX refused the login: ${error.reason || 'Authentication failed'}`);
  }
}

/** Refusals that pass by themselves: an old session that lingers, a PBX on its way down. */
function temporaryRefusal(error: AmiRefusedError): AmiLinkError | null {
  if (/already in use/i.test(error.reason))
    return new AmiLinkError('refused', 'The AMI account is in use (allowmultiplelogin=no)');
  if (/shutting down/i.test(error.reason)) return new AmiLinkError('shutdown', 'Asterisk is shutting down');
  return null;
}

function asLinkError(error: unknown): AmiLinkError {
  if (error instanceof AmiLinkError) return error;
  if (error instanceof AmiTimeoutError) return new AmiLinkError('timeout', 'The PBX did not answer the login');
  if (error instanceof AmiLinkLostError)
    return new AmiLinkError(error.failure, 'The PBX closed the connection during login');
  // A field error: its message names the field and never its value.
  return new AmiLinkError('badSecret', error instanceof Error ? error.message : 'The login failed');
}
