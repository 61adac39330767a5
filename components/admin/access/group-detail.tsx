'use client';

import { useState } from 'react';
import type { UsedBy } from '@/server/protocol/access-answers';
import { type GroupKind, groupKind } from '@/server/protocol/groups';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/text-field';
import type { Form } from '../use-form';
import { type AccessValues, type GroupRow, lossesOf, renamed, withoutGroup } from './access-values';
import { ThingChooser } from './thing-chooser';
import type { Office } from './use-office';

interface KindWords {
  readonly title: string;
  readonly all: string;
}

const kinds: Readonly<Record<GroupKind, KindWords>> = {
  extensions: { title: 'Extensions', all: 'All extensions, those that come later too' },
  queues: { title: 'Queues', all: 'All queues' },
  conferences: { title: 'Conference rooms', all: 'All conference rooms' },
  parking: { title: 'Parking lots', all: 'All parking lots' },
  trunks: { title: 'Trunks', all: 'All trunks' },
};

interface GroupDetailProps {
  readonly group: GroupRow;
  readonly at: number;
  readonly form: Form<AccessValues>;
  readonly office: Office;
  readonly use: UsedBy | undefined;
  readonly onRemoved: () => void;
}

/** Who and what belongs to a group. */
export function GroupDetail({ group, at, form, office, use, onRemoved }: GroupDetailProps) {
  const [removing, setRemoving] = useState(false);
  const { groups, roles } = form.values;
  const path = `groups.${at}`;
  const change = (next: Partial<GroupRow>) => form.set('groups', groups.with(at, { ...group, ...next }));
  const rename = (name: string) => {
    change({ name });
    form.set('roles', renamed(roles, group.name, name));
  };
  const remove = () => {
    form.set('groups', groups.toSpliced(at, 1));
    form.set('roles', withoutGroup(roles, group.name));
    onRemoved();
  };
  return (
    <Card
      id="group"
      title={group.name.trim() || 'New group'}
      description="Permissions, and what is seen, can be limited to it. Whoever joins a department later belongs to it at once."
    >
      <div className="flex flex-col gap-5">
        <TextField
          className="sm:max-w-80"
          label="Name"
          name={`${path}.name`}
          value={group.name}
          onChange={(event) => rename(event.target.value)}
          error={form.problem(`${path}.name`)}
          autoComplete="off"
          maxLength={60}
        />
        <ThingChooser
          title="Departments"
          things={office.departments}
          chosen={group.departments}
          onChange={(departments) => change({ departments })}
        />
        {groupKind.options.map((kind) => (
          <ThingChooser
            key={kind}
            title={kinds[kind].title}
            things={office.things[kind]}
            chosen={group[kind]}
            onChange={(keys) => change({ [kind]: keys })}
            all={{
              label: kinds[kind].all,
              checked: group.all.includes(kind),
              onChange: (on) => change({ all: on ? [...group.all, kind] : group.all.filter((one) => one !== kind) }),
            }}
          />
        ))}
        <Button size="small" className="self-start" onClick={() => setRemoving(true)}>
          Remove this group…
        </Button>
      </div>
      {removing ? (
        <RemoveGroup
          group={group}
          losses={lossesOf(roles, group.name)}
          use={use}
          onClose={() => setRemoving(false)}
          onRemove={remove}
        />
      ) : null}
    </Card>
  );
}

interface RemoveGroupProps {
  readonly group: GroupRow;
  readonly losses: readonly string[];
  readonly use: UsedBy | undefined;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

/** Says who loses what before it is done. */
function RemoveGroup({ group, losses, use, onClose, onRemove }: RemoveGroupProps) {
  const name = group.name.trim() || 'this group';
  const count = use?.count ?? 0;
  const people = (use?.first ?? []).map((one) => one.name).join(', ');
  const more = count > (use?.first.length ?? 0) ? ` and ${count - (use?.first.length ?? 0)} more` : '';
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button tone="danger" onClick={onRemove}>
        Remove
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Remove ${name}?`} footer={footer}>
      {losses.length === 0 && count === 0 ? (
        <p className="text-sm text-ink">Nobody loses anything: no role and no user goes by it.</p>
      ) : (
        <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm text-ink">
          {losses.map((words) => (
            <li key={words}>{words}</li>
          ))}
          {count > 0 ? (
            <li>
              {`${people}${more} ${count === 1 ? 'has' : 'have'} permissions or a sight of their own by it, and ${count === 1 ? 'loses' : 'lose'} those.`}
            </li>
          ) : null}
        </ul>
      )}
      <p className="mt-3 text-xs text-ink-2">It is done when you save.</p>
    </Dialog>
  );
}
