import type { World } from './facts';

/** Voicemail counts by mailbox. SPEC E20–E21. */

/** `101`, `101@default` and FreePBX's alias `101@device` are the same mailbox. */
export function mailboxKey(mailbox: string): string {
  const at = mailbox.indexOf('@');
  if (at < 0) return mailbox;
  const context = mailbox.slice(at + 1);
  return context === '' || context === 'default' || context === 'device' ? mailbox.slice(0, at) : mailbox;
}

export function reduceMwi(world: World, mailbox: string, fresh: number, old: number): void {
  const key = mailboxKey(mailbox);
  if (key === '') return;
  world.mailboxes.set(key, { new: count(fresh), old: count(old) });
  touchOwners(world, key);
}

function count(messages: number): number {
  return Number.isInteger(messages) && messages > 0 ? messages : 0;
}

function touchOwners(world: World, key: string): void {
  for (const number of world.mailboxOwners.get(key) ?? []) world.dirty.extensions.add(number);
}

export function listMwi(world: World, mailboxes: readonly { mailbox: string; new: number; old: number }[]): void {
  const listed = new Set(mailboxes.map(({ mailbox }) => mailboxKey(mailbox)));
  for (const key of [...world.mailboxes.keys()]) {
    if (listed.has(key)) continue;
    world.mailboxes.delete(key);
    touchOwners(world, key);
  }
  for (const { mailbox, new: fresh, old } of mailboxes) reduceMwi(world, mailbox, fresh, old);
}
