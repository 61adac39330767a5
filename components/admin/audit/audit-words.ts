import type { AuditRecord, AuditVerdict } from '@/server/protocol/admin';
import { numberText } from '../../ui/region';

/** What the names of actions mean to a person; others are shown as they are. */
const actions: Readonly<Record<string, string>> = {
  'session.login': 'Sign in',
  'session.enter': 'Sign in by one-time code',
  'session.logout': 'Sign out',
  'me.password': 'Change own password',
  'me.profile': 'Change own profile',
  'admin.pbx.save': 'Save the PBX connection',
  'admin.pbx.test': 'Test a PBX connection',
  'admin.pbx.certificate': 'Look at a PBX’s certificate',
  'admin.availability.save': 'Save the availability settings',
  'admin.availability.test': 'Test OpenSIPS',
  'admin.recording.save': 'Save how recordings are named',
  'admin.access.save': 'Save groups and rights',
  'admin.audit.export': 'Export the audit log',
  'admin.user.create': 'Add a user',
  'admin.user.update': 'Change a user',
  'session.code': 'Second factor',
  'session.invitation': 'Sign in by invitation',
  'session.sso': 'Single sign-on',
  'me.secondFactor.begin': 'Begin to set up a second factor',
  'me.secondFactor.enable': 'Turn the second factor on',
  'me.secondFactor.recovery': 'New recovery codes',
  'me.secondFactor.off': 'Turn the second factor off',
  'me.session.end': 'End an own session',
  'me.session.endOthers': 'End all other own sessions',
  'admin.appearance.save': 'Save the appearance',
  'admin.backup.make': 'Make a backup',
  'admin.backup.delete': 'Delete a backup',
  'admin.backup.download': 'Download a backup',
  'admin.backup.upload': 'Upload a backup',
  'admin.backup.restore': 'Restore a backup',
  'admin.backup.restored': 'Backup restored',
  'admin.backup.settings': 'Save when backups are made',
  'admin.boards.create': 'Make a wallboard',
  'admin.boards.save': 'Change a wallboard',
  'admin.boards.renew': 'New link of a wallboard',
  'admin.boards.revoke': 'Revoke a wallboard',
  'admin.boards.remove': 'Remove a wallboard',
  'admin.buttons.add': 'Add a button',
  'admin.buttons.change': 'Change buttons',
  'admin.buttons.forget': 'Forget buttons',
  'admin.buttons.import': 'Import buttons',
  'admin.buttons.export': 'Export buttons',
  'admin.import.apply': 'Import from FOP2',
  'admin.import.undo': 'Undo an import',
  'admin.import.export': 'Export in FOP2’s formats',
  'admin.import.invite': 'Invite who was imported',
  'admin.layouts.save': 'Save the layouts',
  'admin.layouts.reset': 'Reset layouts',
  'admin.passwords.save': 'Save the rules for passwords',
  'admin.retention.save': 'Save how long things are kept',
  'admin.retention.purge': 'Remove what is too old',
  'admin.session.end': 'End a session',
  'admin.setup.save': 'Set-up assistant',
  'admin.setup.username': 'Set-up assistant: user name',
  'admin.signin.save': 'Save how people sign in',
  'admin.signin.test': 'Test how people sign in',
  'admin.support.bundle': 'Bundle for support',
  'admin.token.create': 'Make a token',
  'admin.token.revoke': 'Revoke a token',
  'admin.user.delete': 'Delete a user',
  'admin.user.invite': 'Invite a user',
  'admin.user.uninvite': 'Take an invitation back',
  'admin.user.signOut': 'Sign a user out',
  'admin.user.resetSecondFactor': 'Reset a second factor',
  'user.joined': 'First sign-in from elsewhere',
  'user.linked': 'Link a user to an account elsewhere',
  'user.role': 'Role by groups elsewhere',
  'user.gone': 'Sign out: gone from the directory',
  'user.refused': 'Refuse who is known elsewhere',
  'cli.user.invite': 'Invite a user (command line)',
  'cli.user.resetSecondFactor': 'Reset a second factor (command line)',
  'calls.export': 'Export calls',
  'history.export': 'Export the availability history',
  'http.refused': 'Ask for what is not permitted',
  'outside.stop': 'Stop calls to the outside',
  'extension.dnd': 'Do not disturb',
  'extension.forward': 'Forward calls',
  'extension.presence': 'Presence',
  'extensions.set': 'Availability of several',
  'extensions.undo': 'Undo availability of several',
  'call.dial': 'Call',
  'call.answer': 'Answer',
  'call.hold': 'Hold or resume',
  'call.hangup': 'Hang up',
  'call.transfer': 'Transfer',
  'call.transfer.complete': 'Complete a transfer',
  'call.transfer.swap': 'Swap in a transfer',
  'call.transfer.cancel': 'Take a transfer back',
  'call.pickup': 'Pick up',
  'call.park': 'Park',
  'call.retrieve': 'Retrieve a parked call',
  'call.dtmf': 'Send digits',
  'call.listen': 'Listen to a call',
  'call.record': 'Record',
  'call.note': 'Note on a call',
  'queue.add': 'Log in to a queue',
  'queue.remove': 'Log out of a queue',
  'queue.pause': 'Pause in a queue',
  'queue.penalty': 'Penalty in a queue',
  'queue.take': 'Take a caller from a queue',
  'conference.create': 'Begin a conference',
  'conference.end': 'End a conference',
  'conference.invite': 'Invite to a conference',
  'conference.mute': 'Mute in a conference',
  'conference.kick': 'Remove from a conference',
  'conference.lock': 'Lock a conference',
  'cli.user.create': 'Add a user (command line)',
  'cli.user.disable': 'Disable a user (command line)',
  'cli.user.enable': 'Enable a user (command line)',
  'cli.user.role': 'Change a role (command line)',
  'cli.user.password': 'Set a password (command line)',
  'cli.token.create': 'Make a token (command line)',
  'cli.token.revoke': 'Revoke a token (command line)',
  'audit.lost': 'Entries lost',
  'audit.prune': 'Old entries removed',
  'audit.seal': 'Log begun anew',
};

/** All that are known, by their words. */
export const actionChoices = Object.entries(actions)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label));

export function actionWords(action: string): string {
  return actions[action] ?? action;
}

interface ResultWords {
  readonly good: boolean;
  /** What became of it, in a word or two. */
  readonly word: string;
  /** What was said to it, such as Asterisk's own words. */
  readonly remark: string;
}

/** Of `conflict: The PBX refused: No such channel` and the like. */
export function resultWords(result: string): ResultWords {
  const good = result === 'ok' || result.startsWith('ok:');
  const known: Readonly<Record<string, string>> = {
    ok: 'Done',
    wrong: 'Wrong',
    wait: 'Too many tries',
    tooMany: 'Too many tries',
    conflict: 'Refused',
    forbidden: 'Not permitted',
    invalid: 'Not valid',
    notFound: 'Not found',
    pbxAway: 'PBX away',
    rateLimited: 'Too fast',
    internal: 'Failed',
  };
  const [code = '', ...remark] = result.split(':');
  return { good, word: known[code] ?? code, remark: remark.join(':').trim() };
}

/** Who did it: the person, the machine, the panel itself, or nobody who is known. */
export function whoWords({ actor }: Pick<AuditRecord, 'actor'>): string {
  if (actor === 'system') return 'The panel';
  return actor || 'Not signed in';
}

/** "Chain of 120 entries intact", and what it does not cover. */
export function chainWords({ ok, checked, unchained }: AuditVerdict): string {
  const before = unchained === 0 ? '' : ` ${count(unchained)} from before the chain are not covered.`;
  if (!ok) return `The ${count(checked)} before it are intact.${before}`;
  if (checked === 0) return `No entry in the chain yet.${before}`;
  return `Chain of ${count(checked)} intact.${before}`;
}

function count(entries: number): string {
  return entries === 1 ? '1 entry' : `${numberText(entries)} entries`;
}
