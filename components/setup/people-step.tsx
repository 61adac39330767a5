'use client';

import { useState } from 'react';
import { FilterField } from '../admin/filter-field';
import { useRoles } from '../admin/users/use-roles';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { GuestRow } from './guest-row';
import { findGuests, type Guest, guestsOf } from './guests';
import { invitationDays, invite } from './invite';
import { IssuedLinks } from './issued-links';
import { StepActions, StepFrame } from './step-frame';
import type { FoundStepProps } from './step-props';

const mostShown = 100;
const filterFrom = 8;

/** Who else uses the panel: a link for each, by which they set a password of their own. */
export function PeopleStep({ setup, found }: FoundStepProps) {
  const [guests, setGuests] = useState<readonly Guest[]>(() => guestsOf(found.people));
  const [query, setQuery] = useState('');
  const [busy, setBusy] = useState(false);
  const { list } = useRoles();
  const roles = list.map(({ id, name }) => ({ value: id, label: name }));
  const open = guests.filter(({ link }) => link === null);
  const issued = guests.flatMap(({ link }) => link ?? []);
  const chosen = open.filter((guest) => guest.chosen);
  const reachable = open.filter(({ email, chosen: already }) => email !== '' && !already);
  const matching = findGuests(open, query);
  const change = (next: Guest) => setGuests((old) => old.map((guest) => (guest.number === next.number ? next : guest)));
  const inviteAll = async () => {
    setBusy(true);
    // One after the other: each is there as soon as it is made.
    for (const guest of chosen) change(await invite(guest));
    setBusy(false);
  };
  const finish = () => setup.pass('people', { finished: true });
  return (
    <StepFrame
      title="Invite people"
      about={`Each gets a link that works once and for ${invitationDays} days, sets a password there, and is in the panel with the right extension. The panel sends no mail: copy the links, or open a mail with one.`}
    >
      {issued.length > 0 ? <IssuedLinks links={issued} /> : null}
      {open.length === 0 ? (
        issued.length === 0 ? (
          <Callout>
            There is nobody to suggest: everybody who was found has an account. Others can be added under Administration
            → Users.
          </Callout>
        ) : null
      ) : (
        <section aria-labelledby="guests" className="rounded-xl border border-line bg-surface">
          <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 sm:px-5">
            <h2 id="guests" className="min-w-0 flex-1 max-sm:basis-full text-sm font-semibold text-ink">
              {chosen.length === 0 ? 'Choose who' : `${chosen.length} chosen`}
            </h2>
            {reachable.length > 0 ? (
              <Button
                size="small"
                disabled={busy}
                onClick={() =>
                  setGuests((old) => old.map((one) => (reachable.includes(one) ? { ...one, chosen: true } : one)))
                }
              >
                Choose the {reachable.length} with an e-mail address
              </Button>
            ) : null}
            {open.length >= filterFrom ? <FilterField label="Find somebody" value={query} onChange={setQuery} /> : null}
          </div>
          <ul className="divide-y divide-line">
            {matching.slice(0, mostShown).map((guest) => (
              <GuestRow key={guest.number} guest={guest} roles={roles} disabled={busy} onChange={change} />
            ))}
          </ul>
          {matching.length === 0 ? (
            <p className="px-4 py-3 text-sm text-ink-2 sm:px-5">Nobody matches “{query}”.</p>
          ) : null}
          {matching.length > mostShown ? (
            <p className="border-t border-line px-4 py-3 text-sm text-ink-2 sm:px-5">
              {matching.length - mostShown} more: find them by name or number.
            </p>
          ) : null}
        </section>
      )}
      <StepActions>
        {chosen.length > 0 ? (
          <Button tone="primary" busy={busy} onClick={() => void inviteAll()}>
            {busy ? 'Inviting…' : chosen.length === 1 ? 'Make the link' : `Make ${chosen.length} links`}
          </Button>
        ) : null}
        <Button tone={chosen.length > 0 ? 'plain' : 'primary'} disabled={busy} onClick={finish}>
          {issued.length > 0 ? 'Finish' : 'Finish without inviting'}
        </Button>
      </StepActions>
    </StepFrame>
  );
}
