import { z } from 'zod';
import type { Role } from '@/server/protocol/permissions';
import {
  type LdapSettings,
  type OidcSettings,
  type RoleMapping,
  type SavedSignIn,
  type SignInBody,
  type SignInSettings,
  signInBody,
} from '@/server/protocol/sign-in';
import { asRow, type Row } from '../availability/availability-values';
import { problemInWords } from '../words';

export interface MappingValues {
  readonly rules: readonly Row<RoleMapping['rules'][number]>[];
  readonly otherwise: Role | null;
}

export interface OidcValues extends Omit<OidcSettings, 'emailDomains' | 'mapping'> {
  /** As they are typed, separated by commas or spaces. */
  readonly emailDomains: string;
  readonly mapping: MappingValues;
}

export interface LdapValues extends Omit<LdapSettings, 'urls' | 'mapping' | 'recheckMinutes' | 'timeoutSeconds'> {
  /** One on each line. */
  readonly urls: string;
  readonly mapping: MappingValues;
  readonly recheckMinutes: string;
  readonly timeoutSeconds: string;
}

/** What the form holds; its paths are those of the settings. */
export interface SignInValues {
  readonly passwords: SignInSettings['passwords'];
  readonly oidc: OidcValues;
  readonly ldap: LdapValues;
  /** Empty: the saved one. */
  readonly clientSecret: string;
  readonly bindPassword: string;
}

export function signInValues({ settings }: Pick<SavedSignIn, 'settings'>): SignInValues {
  const { passwords, oidc, ldap } = settings;
  const { recheckMinutes, timeoutSeconds } = ldap;
  return {
    passwords,
    oidc: { ...oidc, emailDomains: oidc.emailDomains.join(', '), mapping: mappingValues(oidc.mapping) },
    ldap: {
      ...ldap,
      urls: ldap.urls.join('\n'),
      mapping: mappingValues(ldap.mapping),
      recheckMinutes: String(recheckMinutes),
      timeoutSeconds: String(timeoutSeconds),
    },
    clientSecret: '',
    bindPassword: '',
  };
}

function mappingValues({ rules, otherwise }: RoleMapping): MappingValues {
  return { rules: rules.map(asRow), otherwise };
}

function mappingOf({ rules, otherwise }: MappingValues): RoleMapping {
  return { rules: rules.map(({ id: _, ...rule }) => rule), otherwise };
}

/** What is sent of the provider; not checked yet. */
export function oidcOf(values: OidcValues): OidcSettings {
  const emailDomains = values.emailDomains.split(/[\s,;]+/).filter(Boolean);
  return { ...values, emailDomains, mapping: mappingOf(values.mapping) };
}

export function ldapOf(values: LdapValues): LdapSettings {
  const urls = values.urls.split(/[\s,;]+/).filter(Boolean);
  const { recheckMinutes, timeoutSeconds } = values;
  return {
    ...values,
    urls,
    mapping: mappingOf(values.mapping),
    recheckMinutes: numberOf(recheckMinutes),
    timeoutSeconds: numberOf(timeoutSeconds),
  };
}

/** NaN where it is none: the schema says so beside the field. */
function numberOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}

export function bodyOf(values: SignInValues, version: number): unknown {
  const { passwords, oidc, ldap, clientSecret, bindPassword } = values;
  return {
    version,
    settings: { passwords, oidc: oidcOf(oidc), ldap: ldapOf(ldap) },
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(bindPassword === '' ? {} : { bindPassword }),
  };
}

/** As `signInBody`, but problems have the paths of the form. */
export const formBody: z.ZodType<SignInBody> = z.unknown().transform((value, context) => {
  const { data, error } = signInBody.safeParse(value, { error: problemInWords });
  if (data !== undefined) return data;
  for (const { path, message } of error.issues) {
    context.addIssue({ code: 'custom', path: path[0] === 'settings' ? path.slice(1) : [...path], message });
  }
  return z.NEVER;
});

/** The first problem of a value or of anything inside it. */
export function problemWithin(errors: Readonly<Record<string, string | undefined>>, path: string): string | undefined {
  return Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
}
