import { type OidcProblem, oidcProblem } from '@/server/protocol/sign-in';

const words: Readonly<Record<OidcProblem, (name: string) => string>> = {
  cancelled: (name) => `You cancelled the sign-in with ${name}. Nothing has happened.`,
  away: (name) =>
    `${name} does not answer just now. Try again in a moment, or sign in with a password if you have one.`,
  off: () => 'This way to sign in is switched off.',
  again: () => 'This sign-in took too long, or was used already. Begin again.',
  refused: (name) => `${name} refused the sign-in. Ask an administrator; the panel’s log says more.`,
  clock: (name) =>
    `The clocks of this panel and of ${name} differ too much. Ask an administrator to set the clock right.`,
  untrusted: (name) =>
    `What came back from ${name} could not be trusted, so nobody was signed in. Tell an administrator.`,
  setup: (name) => `The sign-in with ${name} is not set up right. Ask an administrator; the panel’s log says more.`,
  email: (name) => `Your e-mail address at ${name} is not one that may come in here, or is not verified there.`,
  unknown: () => 'You have no account in this panel yet. Ask an administrator to add you.',
  role: (name) => `Your account at ${name} is in no group that may use this panel. Ask an administrator.`,
  taken: (name) =>
    `There is another user of your name here, who does not belong to your account at ${name}. Ask an administrator.`,
  name: (name) => `The user name you have at ${name} cannot be one here. Ask an administrator.`,
  disabled: () => 'Your account was disabled. Ask an administrator.',
  busy: () => 'Too many people sign in just now. Try again in a moment.',
};

/** Why single sign-on did not work, as the address of the sign-in page says it; null: it says nothing of that. */
export function ssoProblem(search: string, name: string | null): string | null {
  const problem = oidcProblem.safeParse(new URLSearchParams(search).get('sso')).data;
  if (problem === undefined) return null;
  const text = words[problem](name ?? 'the provider');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
