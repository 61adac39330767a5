/** What to look at, by what the PBX, the network or TLS said. */
const advices: readonly { readonly said: RegExp; readonly advice: string }[] = [
  {
    said: /ECONNREFUSED|connection refused/i,
    advice: 'Nothing listens there: check enabled = yes and bindaddr in manager.conf, the port, and the firewall.',
  },
  {
    said: /ENOTFOUND|EAI_AGAIN|getaddrinfo|host name/i,
    advice: 'This host name is not known here: check its spelling, or use the address.',
  },
  {
    said: /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timed? ?out|did not answer|no answer|cannot be reached/i,
    advice: 'No answer comes back: check the address, and that no firewall is in between.',
  },
  {
    said: /authentication|wrong user|login|secret/i,
    advice: 'Check user and secret, and that permit in manager.conf holds the panel’s address.',
  },
  {
    said: /certificate|self.signed|issuer|fingerprint|altname/i,
    advice: 'Give the certificate’s fingerprint, or the CA that signed it, above.',
  },
  {
    said: /wrong version number|EPROTO|\bSSL\b|\bTLS\b/i,
    advice: 'That port does not speak TLS: it is usually 5039, 5038 is the plain one.',
  },
  { said: /not an Asterisk/i, advice: 'Another service listens there: AMI is usually 5038, with TLS 5039.' },
];

/** One sentence on what to do about a failed connection; null: what was said has to do. */
export function adviceFor(message: string): string | null {
  return advices.find(({ said }) => said.test(message))?.advice ?? null;
}
