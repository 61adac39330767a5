import type { Role } from '../../protocol/permissions';
import type { LdapSettings, SignInTest, TestStep } from '../../protocol/sign-in';
import { isGroup, mappedRole } from '../role-mapping';
import { Directory, type Session } from './directory';
import type { Person } from './person';
import { wordsOf } from './problems';

export interface LdapTrial {
  readonly settings: LdapSettings;
  readonly bindPassword: string | null;
  /** Empty: only the connection is tried. */
  readonly username: string;
  /** Left out: only looked up. */
  readonly password?: string | undefined;
  readonly roleName: (id: Role) => string | null;
}

const good = (text: string): TestStep => ({ state: 'good', text });
const note = (text: string): TestStep => ({ state: 'note', text });
const bad = (text: string): TestStep => ({ state: 'bad', text });

/** Connects, looks somebody up, and says what they would become here. Never rejects. */
export async function tryLdap(trial: LdapTrial): Promise<SignInTest> {
  const steps: TestStep[] = [];
  const { settings } = trial;
  const directory = new Directory(settings, trial.bindPassword);
  let session: Session | null = null;
  try {
    session = await directory.open((url, problem) => steps.push(note(`${url} cannot be used: ${problem}.`)));
    steps.push(connected(session.url, settings));
    if (trial.username !== '') await lookUp(directory, session, trial, steps);
    else steps.push(note('Enter a user name below to see what becomes of somebody.'));
  } catch (error) {
    steps.push(
      bad(error instanceof Error && error.name.startsWith('Directory') ? error.message : `${wordsOf(error)}.`),
    );
  } finally {
    await session?.connection.close();
  }
  return { ok: steps.every(({ state }) => state !== 'bad'), steps };
}

function connected(url: string, { startTls, bindDn }: LdapSettings): TestStep {
  const who = bindDn === '' ? 'without an account' : `as ${bindDn}`;
  if (url.toLowerCase().startsWith('ldaps:')) return good(`Connected to ${url} ${who}, encrypted with TLS.`);
  if (startTls) return good(`Connected to ${url} ${who}, encrypted with StartTLS.`);
  return note(`Connected to ${url} ${who}, without encryption: everybody on the way can read the passwords.`);
}

async function lookUp(directory: Directory, session: Session, trial: LdapTrial, steps: TestStep[]): Promise<void> {
  const { settings, username, password } = trial;
  const person = await directory.find(session, username);
  if (person === null) {
    const words = `Below ${settings.baseDn} the filter finds nobody called ${username}, or more than one.`;
    steps.push(bad(`${words} Whoever is disabled there is not found, either, where the filter says so.`));
    return;
  }
  steps.push(found(person));
  if (password !== undefined && password !== '') {
    const right = await directory.isPassword(session, person, password);
    steps.push(right ? good('The password is right.') : bad('The directory refuses this password.'));
  }
  const groups = await directory.groupsOf(session, person);
  steps.push(note(groups.length === 0 ? 'They are in no group.' : `They are in ${listed(groups)}.`));
  steps.push(outcome(groups, trial));
}

function found({ dn, identity }: Person): TestStep {
  const { name, email, extension } = identity;
  const about = [
    name ?? 'no name',
    email ?? 'no e-mail',
    extension === null ? 'no extension' : `extension ${extension}`,
  ];
  return good(`Found ${dn}: ${about.join(', ')}.`);
}

function outcome(groups: readonly string[], { settings, roleName }: LdapTrial): TestStep {
  const { mapping } = settings;
  const rule = mapping.rules.find(({ value }) => groups.some((dn) => isGroup(dn, value)));
  const role = mappedRole(mapping, (value) => groups.some((dn) => isGroup(dn, value)));
  if (role === null) return bad('No group of theirs gives a role: they could not sign in.');
  const name = roleName(role);
  if (name === null) return bad(`They would be given the role ${role}, which there is not any more.`);
  return good(
    rule ? `Their role would be ${name}, by ${rule.value}.` : `Their role would be ${name}, as for everybody else.`,
  );
}

const mostListed = 30;

function listed(groups: readonly string[]): string {
  const shown = groups.slice(0, mostListed).join(' · ');
  return groups.length > mostListed ? `${shown} and ${groups.length - mostListed} more` : shown;
}
