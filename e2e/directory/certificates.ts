import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificates {
  /** PEM of the authority. */
  readonly ca: string;
  /** Paths. */
  readonly caFile: string;
  readonly key: string;
  readonly certificate: string;
}

/** An authority of its own, and a certificate by it for 127.0.0.1 (or for another name), in `folder`. */
export function makeCertificates(folder: string, name = 'IP:127.0.0.1'): Certificates {
  const file = (base: string) => path.join(folder, base);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const [caKey, caFile, key, request, certificate] = ['ca.key', 'ca.pem', 'server.key', 'server.csr', 'server.pem'].map(
    file,
  ) as [string, string, string, string, string];
  openssl('req', '-x509', '-days', '2', ...ec, '-keyout', caKey, '-out', caFile, '-subj', '/CN=Test authority');
  openssl('req', ...ec, '-keyout', key, '-out', request, '-subj', '/CN=directory');
  writeFileSync(file('extensions'), `subjectAltName=${name}\nbasicConstraints=CA:FALSE\n`);
  const by = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-extfile', file('extensions'), '-days', '2'];
  openssl('x509', '-req', '-in', request, '-out', certificate, ...by);
  return { ca: readFileSync(caFile, 'utf8'), caFile, key, certificate };
}
