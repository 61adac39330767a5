import type { Role } from '../protocol/permissions';

export interface Person {
  readonly number: string;
  readonly name: string;
  readonly email: string | null;
  /** What stands on the panel, or was guessed. */
  readonly department: string | null;
}

const reception =
  /\b(reception\w*|front ?desk|operator|switchboard|empfang|zentrale|vermittlung|accueil|standard|recepci[oó]n|centralita)\b/i;

const unlike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Those at the reception take calls for others; the others are colleagues. */
export function suggestedRole({ name, department }: Pick<Person, 'name' | 'department'>): Role {
  return reception.test(name) || reception.test(department ?? '') ? 'receptionist' : 'member';
}

/**
 * User names by number: from the e-mail address, else `anna.berg` of the name, else the number. Each is free and unlike the
 * others. `taken`: in lower case.
 */
export function suggestedUsernames(people: readonly Person[], taken: ReadonlySet<string>): Map<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const person of people) {
    const base =
      fromEmail(person.email) ?? fromName(person.name) ?? person.number.replace(/[^0-9a-z]/gi, '').toLowerCase();
    const wanted = base || 'user';
    const free = [wanted, `${wanted}.${person.number}`].find((one) => !used.has(one)) ?? numbered(wanted, used);
    used.add(free);
    names.set(person.number, free);
  }
  return names;
}

function numbered(base: string, used: ReadonlySet<string>): string {
  let count = 2;
  while (used.has(`${base}${count}`)) count += 1;
  return `${base}${count}`;
}

/** The part before the @, unless it is an office's. */
function fromEmail(email: string | null): string | null {
  const local = plain(email?.split('@')[0]?.split('+')[0] ?? '');
  return local === '' ||
    /^(info|office|mail|contact|sales|support|service|admin|reception|voicemail|noreply)$/.test(local)
    ? null
    : local;
}

function fromName(name: string): string | null {
  const bare = name.replace(/[([{].*$/, '').split(/\s[-–—|/]\s|:\s|,/)[0] ?? '';
  const local = plain(bare.trim().replace(/\s+/g, '.'));
  return local === '' ? null : local;
}

/** As a user name may be written. */
function plain(text: string): string {
  const latin = [...text.toLowerCase()].map((letter) => unlike[letter] ?? letter).join('');
  return latin
    .normalize('NFKD')
    .replace(/[^a-z0-9._-]/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 48);
}
