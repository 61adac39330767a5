import { X509Certificate } from 'node:crypto';
import * as net from 'node:net';
import * as tls from 'node:tls';
import type { PbxCertificate } from '../protocol/admin';

const patienceMs = 4_000;

/**
 * The certificate that is shown at this address, unchecked: to be compared by a person before it is trusted. Null: nothing
 * there speaks TLS with a certificate that can be read, or nothing answers within 4 s. Never rejects.
 */
export function certificateAt(host: string, port: number): Promise<PbxCertificate | null> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
    });
    const done = (found: PbxCertificate | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(() => done(null), patienceMs);
    socket.once('error', () => done(null));
    socket.once('close', () => done(null));
    socket.once('secureConnect', () => done(shownBy(socket)));
  });
}

function shownBy(socket: tls.TLSSocket): PbxCertificate | null {
  const raw = socket.getPeerCertificate().raw;
  if (raw === undefined) return null;
  try {
    return describe(new X509Certificate(raw));
  } catch {
    // Whoever listens there may show anything, such as a date that is none.
    return null;
  }
}

function describe(certificate: X509Certificate): PbxCertificate {
  return {
    fingerprint: certificate.fingerprint256,
    subject: commonName(certificate.subject),
    issuer: commonName(certificate.issuer),
    selfSigned: certificate.checkIssued(certificate),
    validTo: new Date(certificate.validTo).toISOString(),
  };
}

/** Of a name as X509Certificate writes it, a part per line; the whole where it has no common name. */
function commonName(name: string | undefined): string {
  const text = name ?? '';
  return (/^CN=(.*)$/m.exec(text)?.[1] ?? text.replaceAll('\n', ', ')).slice(0, 200);
}
