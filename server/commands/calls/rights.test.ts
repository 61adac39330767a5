import { describe, expect, it } from 'vitest';
import { callCommands } from '../../protocol/call-commands';
import { builtInRole, type Permission, permission, rolePermissions } from '../../protocol/permissions';
import { samples } from './samples';
import { actorWith, TestOffice } from './testing';

type Name = keyof typeof callCommands;
const names = Object.keys(callCommands) as Name[];

/** Of whom each sample is: with this extension, the right for oneself is enough. */
const ofOneself: Partial<Record<Name, string>> = {
  'call.hangup': '101',
  'call.record': '101',
  'queue.add': '105',
  'queue.remove': '104',
  'queue.pause': '104',
  'queue.penalty': '104',
};

/** Whose phone it is: others' phones need the right to listen as well, for a phone that answers lets its room be heard. */
const atPhone: Partial<Record<Name, string>> = { 'call.answer': '104', 'call.hold': '102' };

function paramsOf(office: TestOffice, name: Name): object {
  return samples(office)[name]?.[0] ?? expect.fail(`${name} has no sample`);
}

async function tryIt(name: Name, permissions: readonly Permission[], extension: string | null) {
  const office = new TestOffice();
  const result = await office.run(name, paramsOf(office, name), actorWith(permissions, extension));
  expect(office.audit).toHaveLength(1);
  expect(office.audit[0]?.result).toMatch(result.ok ? /^ok/ : /^forbidden/);
  // A note is the panel's own.
  expect(office.ami.sent.length > 0 || office.written.size > 0).toBe(result.ok);
  return result;
}

describe('rights', () => {
  for (const name of names) {
    const entry: { permission: Permission; own?: Permission } = callCommands[name];

    it.each(permission.options)(`${name} with the permission %s alone`, async (only) => {
      const result = await tryIt(name, [only], atPhone[name] ?? null);
      expect(result).toMatchObject(only === entry.permission ? { ok: true } : { ok: false, error: 'forbidden' });
    });

    it(`${name} with all permissions but its own is forbidden`, async () => {
      const others = permission.options.filter((one) => one !== entry.permission && one !== entry.own);
      expect(await tryIt(name, others, ofOneself[name] ?? null)).toMatchObject({ error: 'forbidden' });
    });

    if (entry.own !== undefined) {
      it(`${name} with ${entry.own} is for one's own extension alone`, async () => {
        const own = entry.own ? [entry.own] : [];
        expect(await tryIt(name, own, ofOneself[name] ?? '')).toMatchObject({ ok: true });
        for (const extension of ['103', null]) {
          expect(await tryIt(name, own, extension)).toMatchObject({
            error: 'forbidden',
            message: 'You may do this for your own extension only.',
          });
        }
      });
    }

    it.each(builtInRole.options)(`${name} for the role %s`, async (one) => {
      const works = ['admin', 'supervisor', 'receptionist'].includes(one);
      // Phones of others that answer by themselves let their room be heard.
      const listens = ['call.listen', 'call.answer', 'call.hold'].includes(name);
      const allowed = works && !(one === 'receptionist' && listens);
      const result = await tryIt(name, rolePermissions[one], null);
      expect(result).toMatchObject(allowed ? { ok: true } : { ok: false, error: 'forbidden' });
    });
  }

  const outside = {
    patterns: [{ pattern: '_0.', class: 'national' as const }],
    forwardTo: [],
    dialTo: ['national' as const],
    externalPerMinute: 10,
  };
  it.each([
    ['external', '0301234', ['transferexternal']],
    ['blind', '0301234', ['transferexternal']],
    ['blind', '105', ['transfer']],
    ['voicemail', '105', ['transfer']],
    ['external', '105', ['transferexternal']],
  ] as const)('call.transfer %s to %s needs %s', async (mode, to, wanted) => {
    for (const only of ['transfer', 'transferexternal'] as const) {
      const office = new TestOffice();
      office.rules = { ...outside, dialTo: ['internal', 'national'] };
      const params = { uniqueid: office.caller.id, to, mode };
      const result = await office.run('call.transfer', params, actorWith([only]));
      expect(result).toMatchObject(wanted.some((one) => one === only) ? { ok: true } : { error: 'forbidden' });
    }
  });
});
