import { tokenScope } from '../protocol/permissions';
import { day, type Session, table } from './session';
import { readExpiry, readWords, UsageError } from './usage';

type Command = (args: readonly string[], session: Session) => Promise<void>;

async function create(args: readonly string[], { store, now, print, say, note }: Session): Promise<void> {
  const words = readWords(args, { name: 'text', scope: 'list', expires: 'text' }, 0);
  const name = words.text('name')?.trim();
  if (!name || name.length > 80) throw new UsageError('give the token a --name of at most 80 characters');
  const scopes = words.list('scope').map((word) => {
    const known = tokenScope.safeParse(word);
    if (!known.success) throw new UsageError(`there is no scope "${word}"; scopes: ${tokenScope.options.join(', ')}`);
    return known.data;
  });
  if (scopes.length === 0) throw new UsageError(`give at least one --scope: ${tokenScope.options.join(', ')}`);
  const expiresAt = readExpiry(words.text('expires'), now());
  const { token } = await store.tokens.create({ name, scopes, expiresAt });
  note('cli.token.create', `${name}: ${scopes.join(' ')}`);
  say(`Token "${name}" for ${scopes.join(', ')}${expiresAt ? `, until ${day(expiresAt)} UTC` : ''}. Shown only now:`);
  print(token);
}

async function list(args: readonly string[], { store, now, print }: Session): Promise<void> {
  const words = readWords(args, { json: 'flag' }, 0);
  const tokens = await store.tokens.list();
  if (words.flag('json')) return print(JSON.stringify(tokens));
  const state = (expiresAt: Date | null, revokedAt: Date | null): string => {
    if (revokedAt) return 'revoked';
    return expiresAt && expiresAt.getTime() <= now() ? 'expired' : 'valid';
  };
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.scopes.join(','),
    state(token.expiresAt, token.revokedAt),
    day(token.expiresAt),
    day(token.lastUsedAt),
  ]);
  for (const line of table([['ID', 'NAME', 'SCOPES', 'STATE', 'EXPIRES', 'LAST USED'], ...rows])) print(line);
}

async function revoke(args: readonly string[], { store, now, say, note }: Session): Promise<void> {
  const [idOrName = ''] = readWords(args, {}, 1).positionals;
  const count = await store.tokens.revoke(idOrName, new Date(now()));
  note('cli.token.revoke', idOrName);
  say(count === 1 ? `Token "${idOrName}" is revoked.` : `${count} tokens "${idOrName}" are revoked.`);
}

export const tokenCommands: ReadonlyMap<string, Command> = new Map([
  ['create', create],
  ['list', list],
  ['revoke', revoke],
]);
