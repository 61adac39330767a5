import { type DestinationStream, type Logger, pino } from 'pino';

/** A secret shorter than this would turn every other word of the log into stars. */
const shortestSecret = 4;
const inUrl = /\b(amis?|https?|sips?):\/\/([^\s:/@"]+):[^\s@"]+@/g;

export interface LogOptions {
  readonly level: string;
  /** Values that must never be written, wherever they turn up. */
  readonly secrets: readonly (string | undefined)[];
  readonly destination?: DestinationStream;
}

/** JSON lines on standard output, without credentials. */
export function createLogger(options: LogOptions): Logger {
  const secrets = options.secrets
    .filter((secret): secret is string => secret !== undefined && secret.length >= shortestSecret)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'secret', 'token', '*.password', '*.secret', '*.token', '*.authorization', '*.cookie'],
      censor: '[hidden]',
    },
    hooks: {
      streamWrite: (line: string) =>
        secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), line.replace(inUrl, '$1://$2:[hidden]@')),
    },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
