import { z } from 'zod';
import { createTrust } from './http/trust';
import { password } from './protocol/session';
import { databaseFile } from './store/files';

/** The environment is unusable; the message names every variable at fault and never a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly databaseFile: string;
  /** As it was given, secret included: server/ami/url.ts reads it. */
  readonly amiUrl: string | undefined;
  readonly adminPassword: string | undefined;
  readonly key: string | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Origin people open the panel at, when it is not the one the server sees. */
  readonly publicUrl: string | undefined;
  /** Whose X-Forwarded-* headers are believed: nobody's, everybody's, or those of these addresses. */
  readonly trustProxy: boolean | string;
  readonly dev: boolean;
}

const shape = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int()
    .min(0, 'must be 0 to 65535')
    .max(65_535, 'must be 0 to 65535')
    .default(3000),
  /** Every interface: operators sit at other machines, and nobody gets in without a password or the set-up code. */
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^file:[^?]+/, 'must look like file:./data/panel.db')
    .default('file:./data/panel.db'),
  AMI_URL: z
    .string()
    .regex(/^amis?:\/\//, 'must look like ami://user:secret@host:5038')
    .optional(),
  ADMIN_PASSWORD: password.optional(),
  CORDBOARD_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must look like https://panel.example.com' }).optional(),
  TRUST_PROXY: z
    .string()
    .default('false')
    .transform((text) => (text === 'true' || text === 'false' ? text === 'true' : text))
    .superRefine((setting, context) => {
      try {
        createTrust(setting);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      }
    }),
  DEV: z.string().optional(),
});

/** An empty variable counts as unset: that is what `NAME=` in a .env file means. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, base?: string): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(`the configuration cannot be used:\n  ${lines.join('\n  ')}`);
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    databaseFile: databaseFile(value.DATABASE_URL, base),
    amiUrl: value.AMI_URL,
    adminPassword: value.ADMIN_PASSWORD,
    key: value.CORDBOARD_KEY,
    logLevel: value.LOG_LEVEL,
    publicUrl: value.PUBLIC_URL && new URL(value.PUBLIC_URL).origin,
    trustProxy: value.TRUST_PROXY,
    dev: value.DEV === '1',
  };
}
