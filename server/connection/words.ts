import type { AmiConnect } from '../ami/url';
import type { PbxCertificate, PbxTestCause } from '../protocol/admin';
import { type Attempt, isAncient } from './attempt';
import type { Answerer } from './probe';

export interface Explained {
  readonly cause: PbxTestCause;
  readonly message: string;
  readonly advice: string | null;
}

export type Failed = Extract<Attempt, { ok: false }>;

/** What was found out after a try failed. */
export interface Evidence {
  /** Null: it was not looked at. */
  readonly answerer: Answerer | null;
  readonly certificate: PbxCertificate | null;
  readonly ownAddress: string | null;
}

/** Why a try failed and what to do about it, in words for somebody who sets a panel up for the first time. */
export function explain(failed: Failed, connect: AmiConnect, evidence: Evidence): Explained {
  if (isAncient(failed.amiVersion)) return tooOld(failed.amiVersion);
  if (failed.reached === 'nothing') return notReached(failed, connect, evidence);
  if (failed.failure?.kind === 'badSecret') return refusedLogin(failed.failure.message, connect, evidence);
  const said = failed.failure?.message ?? '';
  if (/in use/i.test(said))
    return {
      cause: 'inUse',
      message: `Somebody is signed in as “${connect.username}” already, and this account may be used once only.`,
      advice: 'Give the panel an account of its own, or set allowmultiplelogin = yes in manager.conf.',
    };
  if (failed.failure?.kind === 'shutdown')
    return { cause: 'starting', message: 'Asterisk is shutting down.', advice: 'Try again when it runs.' };
  if (failed.reached === 'login')
    return {
      cause: 'timeout',
      message: 'The sign-in worked, but the PBX did not answer all questions in time.',
      advice: 'It may still be starting, or be very busy: try again in a minute.',
    };
  return {
    cause: 'timeout',
    message: said || 'The PBX greeted, but did not answer the sign-in.',
    advice: 'Try again; if it stays so, restart Asterisk’s manager: asterisk -rx ‘manager reload’.',
  };
}

function tooOld(amiVersion: string | null): Explained {
  return {
    cause: 'tooOld',
    message: `This PBX is too old: it speaks version ${amiVersion} of the manager interface (Asterisk 11 or older).`,
    advice: 'The panel needs Asterisk 13 or newer; it is tested with 16 and 22.',
  };
}

function refusedLogin(said: string, { username, tls }: AmiConnect, { ownAddress }: Evidence): Explained {
  if (/MD5/.test(said))
    return {
      cause: 'badSecret',
      message: 'The PBX refuses to take a secret in the way that keeps it secret (MD5).',
      advice: tls ? null : 'Use TLS, over which the secret may be sent.',
    };
  const address = ownAddress === null ? 'the panel’s address' : ownAddress;
  return {
    cause: 'badSecret',
    message: `The PBX refused the sign-in of “${username}”.`,
    advice:
      'Asterisk does not tell which of three it is: the user name (the word in brackets), the secret, or a permit line ' +
      `without ${address}. Its log does: grep ${username} /var/log/asterisk/full | tail. After a change: manager reload.`,
  };
}

function notReached({ failure }: Failed, connect: AmiConnect, evidence: Evidence): Explained {
  const { host, port } = connect;
  const said = failure?.message ?? '';
  if (failure?.kind === 'refused')
    return {
      cause: 'refused',
      message: `${host} answers, but nothing listens on port ${port}.`,
      advice:
        'In manager.conf, [general]: enabled = yes, bindaddr = 0.0.0.0 (or the PBX’s own address; 127.0.0.1 lets only ' +
        'programs on the PBX in), and the port. Then: manager reload. A firewall may refuse as well.',
    };
  if (/host name/i.test(said))
    return {
      cause: 'unknownHost',
      message: `The name ${host} is not known on this machine.`,
      advice: 'Check the spelling, or enter the address in numbers, such as 192.0.2.20.',
    };
  if (failure?.kind === 'unreachable')
    return {
      cause: 'unreachable',
      message: `There is no way from here to ${host}.`,
      advice: 'Check the address, and that this machine is in the same network or VPN as the PBX.',
    };
  return failure?.kind === 'tls' ? overTls(said, connect, evidence) : overTcp(said, connect, evidence);
}

function overTls(said: string, { host, port }: AmiConnect, { answerer, certificate }: Evidence): Explained {
  if (answerer?.kind === 'ami') return tlsNotWanted(port);
  const other = answerer && notAmi(answerer, host, port);
  if (other) return other;
  if (certificate !== null)
    return {
      cause: 'certificate',
      message: `The connection is encrypted, but the certificate of ${host} ${certificateFault(said, certificate)}.`,
      advice:
        'Compare its fingerprint with the one on the PBX, and trust it if they are the same; or give the authority ' +
        'that signed it.',
    };
  return {
    cause: 'tls',
    message: `No encrypted connection to ${host}:${port} came about: ${said}.`,
    advice: 'The panel needs TLS 1.2 or newer. Without TLS the port is usually 5038.',
  };
}

function certificateFault(said: string, { selfSigned, validTo, subject, issuer }: PbxCertificate): string {
  if (/pinned/.test(said)) return 'is not the one that is trusted here: it has changed, or this is another machine';
  if (/expired/i.test(said)) return `has expired on ${validTo.slice(0, 10)}`;
  if (/altname|does not match/i.test(said)) return `is for another name (${subject})`;
  if (selfSigned) return 'is signed by nobody but itself';
  return `is signed by an authority not known here (${issuer})`;
}

function overTcp(said: string, { host, port, tls }: AmiConnect, { answerer }: Evidence): Explained {
  if (answerer?.kind === 'amiTls') return tlsWanted(port);
  if (answerer?.kind === 'ami' && tls) return tlsNotWanted(port);
  const other = answerer && notAmi(answerer, host, port);
  if (other) return other;
  if (answerer?.kind === 'closed')
    return {
      cause: 'closed',
      message: `${host}:${port} takes the connection and ends it at once.`,
      advice:
        'A firewall or fail2ban on the PBX may have shut the panel out after failed tries, or too many sign-ins are under ' +
        'way (authlimit in manager.conf).',
    };
  if (answerer?.kind === 'silent')
    return {
      cause: 'silent',
      message: `${host}:${port} takes the connection and says nothing.`,
      advice: 'It is no manager interface, or one that hangs. AMI is usually port 5038, with TLS 5039.',
    };
  if (/Asterisk manager/i.test(said) || answerer?.kind === 'ami')
    return { cause: 'closed', message: `${said || 'The connection ended'}.`, advice: 'Try again.' };
  return {
    cause: 'timeout',
    message: `No answer from ${host}:${port}.`,
    advice:
      'Check the address and port. A firewall that drops what it does not like looks the same, and so does fail2ban on the ' +
      'PBX after several failed tries.',
  };
}

function tlsWanted(port: number): Explained {
  return {
    cause: 'tlsWanted',
    message: `Asterisk listens on port ${port}, but wants the connection encrypted.`,
    advice: 'Switch “Encrypt with TLS” on, or use the port without TLS, usually 5038.',
  };
}

function tlsNotWanted(port: number): Explained {
  return {
    cause: 'tlsNotWanted',
    message: `Asterisk listens on port ${port}, but without TLS.`,
    advice: 'Switch “Encrypt with TLS” off, or use the TLS port of manager.conf (tlsbindaddr), usually 5039.',
  };
}

function notAmi(answerer: Answerer, host: string, port: number): Explained | null {
  const what = strangerOf(answerer);
  if (what === null) return null;
  return {
    cause: 'notAsterisk',
    message: `What answers at ${host}:${port} is not an Asterisk manager, but ${what}.`,
    advice: 'The manager interface is usually on port 5038, with TLS on 5039.',
  };
}

function strangerOf(answerer: Answerer): string | null {
  if (answerer.kind === 'other') return `something that says “${answerer.banner}”`;
  if (answerer.kind === 'tls') return 'another service with TLS';
  if (answerer.kind !== 'web') return null;
  if (/asterisk/i.test(answerer.server)) return 'Asterisk’s web server (http.conf)';
  return answerer.server === '' ? 'a web server' : `a web server (${answerer.server})`;
}
