import { ConfigError } from './config';

const said: Readonly<Record<string, (port: number | undefined) => string>> = {
  EADDRINUSE: (port) => `port ${port} is taken by another program; choose one with PORT=3001 npm start`,
  EACCES: (port) => `port ${port} needs more rights; choose one above 1024 with PORT`,
  EADDRNOTAVAIL: () => 'HOST is not an address of this machine; leave it out to listen on all of them',
  ENOTFOUND: () => 'HOST is not an address of this machine; leave it out to listen on all of them',
};

/** Why the panel cannot start: one sentence for what a person can mend, the stack for a fault of ours. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port, syscall } = error as NodeJS.ErrnoException & { port?: number };
  const network = syscall === 'listen' || syscall === 'getaddrinfo';
  const words = code === undefined || !network ? undefined : said[code];
  if (words !== undefined) return words(port);
  if (code?.startsWith('SQLITE_') || error.name.startsWith('PrismaClient')) {
    return `the database cannot be used: ${error.message}`;
  }
  const known =
    error instanceof ConfigError || /^(Ami|Migration|UnknownDatabase|DatabaseFile|SecretKey)/.test(error.name);
  return known ? error.message : (error.stack ?? error.message);
}
