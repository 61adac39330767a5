import { expect, it } from 'vitest';
import { type AccessSettings, accessSettings, defaultAccess } from '@/server/protocol/access';
import { emptyGroup } from '@/server/protocol/groups';
import {
  type AccessValues,
  accessOf,
  accessValues,
  copyOf,
  lossesOf,
  newGroup,
  renamed,
  renamesOf,
  withoutGroup,
} from './access-values';

const saved: AccessSettings = {
  groups: [{ ...emptyGroup('Sales'), queues: ['600'] }, emptyGroup('Support')],
  roles: defaultAccess.roles.map((one) =>
    one.id === 'viewer'
      ? {
          ...one,
          grants: [
            { permission: 'dial', groups: ['Sales'] },
            { permission: 'park', groups: ['Sales', 'Support'] },
            { permission: 'spy', groups: [] },
          ],
          sees: ['Sales'],
        }
      : one,
  ),
};

const viewer = ({ roles }: Pick<AccessValues, 'roles'>) => roles.find(({ id }) => id === 'viewer') ?? expect.fail();

it('sends what was read', () => {
  expect(accessOf(accessValues(saved))).toEqual(saved);
});

it('gives a new role an id from its name that no other has', () => {
  const values = accessValues(saved);
  const like = values.roles[2] ?? expect.fail();
  const names = ['Nachtschicht Ä', 'Viewer', 'Viewer', '夜勤', '夜勤'];
  const roles = names.map((name) => ({ ...copyOf(like, []), name }));
  const { roles: sent } = accessOf({ ...values, roles: [...values.roles, ...roles] });
  expect(sent.slice(5).map(({ id }) => id)).toEqual(['nachtschicht-a', 'viewer-2', 'viewer-3', 'role', 'role-2']);
  const unique = sent.map((one, at) => ({ ...one, name: `Role ${at}` }));
  expect(accessSettings.safeParse({ ...saved, roles: unique }).success).toBe(true);
});

it('lets roles go on meaning a group by its new name, and tells which have one', () => {
  const values = accessValues(saved);
  const [sales, support] = values.groups;
  if (!sales || !support) expect.fail();
  const groups = [{ ...sales, name: ' Front ' }, support, newGroup()];
  const roles = renamed(values.roles, 'Sales', ' Front ');
  expect(renamesOf({ groups, roles })).toEqual([{ from: 'Sales', to: 'Front' }]);
  const sent = accessOf({ groups, roles });
  expect(sent.roles[4]).toMatchObject({ grants: [{ groups: ['Front'] }, { groups: ['Front', 'Support'] }, {}] });
  expect(sent.roles[4]?.sees).toEqual(['Front']);
});

it('takes away what was for a group alone: never more than before', () => {
  const { roles } = accessValues(saved);
  const after = viewer({ roles: withoutGroup(roles, 'Sales') });
  expect(after.grants).toEqual([
    { permission: 'park', groups: ['Support'] },
    { permission: 'spy', groups: [] },
  ]);
  // Not null, which is everything.
  expect(after.sees).toEqual([]);
  expect(lossesOf(roles, 'Sales')).toEqual([
    'Viewer may no longer do: Call.',
    'Viewer may do for fewer people: Park.',
    'Viewer sees nobody else.',
  ]);
  expect(lossesOf(roles, 'Support')).toEqual(['Viewer may do for fewer people: Park.']);
});
