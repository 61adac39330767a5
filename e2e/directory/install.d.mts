export interface OpenLdap {
  readonly slapd: string;
  readonly slapadd: string;
  readonly modules: string;
  readonly schema: string;
  readonly env: Readonly<Record<string, string>>;
}

export function ensureOpenLdap(): Promise<OpenLdap | { skipped: string }>;
