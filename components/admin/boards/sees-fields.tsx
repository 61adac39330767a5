'use client';

import { savedAccess } from '@/server/protocol/access';
import { Card } from '../../account/card';
import { CheckBox } from '../check-box';
import { chosen } from '../lists';
import type { Form } from '../use-form';
import { useResource } from '../use-resource';
import type { BoardValues } from './board-values';

/** Which people and queues the board may show, and whether callers are named. */
export function SeesFields({ form }: { readonly form: Form<BoardValues> }) {
  const { value } = useResource(savedAccess, 'admin/access');
  const { sees, showNumbers } = form.values;
  const groups = (value?.settings.groups ?? []).map(({ name }) => name);
  const all = [...groups, ...(sees ?? []).filter((name) => !groups.includes(name))];
  return (
    <Card
      id="sees"
      title="What it may show"
      description="Whoever has the link can read this much from the server, whatever the board shows of it."
    >
      <CheckBox
        label="Everybody and everything"
        checked={sees === null}
        onChange={(on) => form.set('sees', on ? null : [])}
      />
      {sees === null ? null : (
        <fieldset className="ml-6">
          <legend className="py-1 text-[0.8125rem] font-medium">Only these groups</legend>
          {all.map((name) => (
            <CheckBox
              key={name}
              label={name}
              checked={sees.includes(name)}
              onChange={(on) => form.set('sees', chosen(all, sees, name, on))}
            />
          ))}
          {all.length === 0 ? (
            <p className="text-sm text-ink-2">
              There are no groups yet. Make them under{' '}
              <a href="/admin/access/" className="text-accent underline underline-offset-2">
                Roles
              </a>
              .
            </p>
          ) : null}
        </fieldset>
      )}
      <CheckBox
        label="Numbers and names of callers from outside"
        hint="Everybody who passes the screen reads them."
        checked={showNumbers}
        onChange={(on) => form.set('showNumbers', on)}
      />
    </Card>
  );
}
