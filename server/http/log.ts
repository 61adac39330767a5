import { type DestinationStream, type Logger, pino } from 'pino';

/** A secret shorter than this would turn every other word of the log into stars. */
const shortestSecret = 4;
const inUrl = /\b(amis?|https?|sips?):\/\/([^\s:/@"]+):[^\s@"]+@/g;

export interface LogOptions {
  readonly level: string;
  /** Values that must never be written, wherever they turn up. */
  readonly secrets: readonly (string | undefined)[];
  readonly destination?: DestinationStream;
  /** Told every line as it is written, without credentials and without its end. */
  readonly written?: (line: string) => void;
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
      streamWrite: (line: string) => {
        const open = line.replace(inUrl, '$1://$2:[hidden]@');
        const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), open);
        options.written?.(hidden.trimEnd());
        return hidden;
      },
    },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
