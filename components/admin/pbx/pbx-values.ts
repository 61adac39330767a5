import type { PbxSettings } from '@/server/protocol/admin';

/** What the form holds; the port as it is typed. */
export interface PbxValues {
  readonly host: string;
  readonly port: string;
  readonly tls: boolean;
  readonly ca: string;
  readonly fingerprint: string;
  readonly username: string;
  readonly secret: string;
}

export const usualPort = { plain: '5038', tls: '5039' } as const;

/** The form of what is saved; while the demo runs, that of nothing. */
export function valuesOf(settings: PbxSettings): PbxValues {
  if (settings.source === 'demo')
    return { host: '', port: usualPort.plain, tls: false, ca: '', fingerprint: '', username: 'cordboard', secret: '' };
  const { host, port, tls, ca, fingerprint, username } = settings;
  return { host, port: String(port), tls, ca, fingerprint, username, secret: '' };
}

/** What is sent; a secret left empty is the saved one. */
export function bodyOf(values: PbxValues, version: number): unknown {
  const { secret, port, ...rest } = values;
  const number = port.trim() === '' ? undefined : port.trim();
  return { ...rest, port: number, version, ...(secret === '' ? {} : { secret }) };
}

/** The saved secret goes with its host and user alone: it is not sent to a machine it was not given for. */
export function secretProblem(values: PbxValues, settings: PbxSettings): string | null {
  if (values.secret !== '') return null;
  if (!settings.hasSecret || settings.source === 'demo') return 'Enter the secret from manager.conf.';
  const moved = values.host.trim() !== settings.host || values.username.trim() !== settings.username;
  return moved ? 'Enter the secret again: the saved one belongs to another host or user.' : null;
}

/** Without the colons, as fingerprints are compared. */
export function bareFingerprint(text: string): string {
  return text.replace(/[:\s]/g, '').toLowerCase();
}

/** The port that goes with TLS switched on or off, unless one of one's own was typed. */
export function portFor(tls: boolean, typed: string): string {
  if (tls) return typed === usualPort.plain ? usualPort.tls : typed;
  return typed === usualPort.tls ? usualPort.plain : typed;
}
