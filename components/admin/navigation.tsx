'use client';

import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import { fieldBase } from '../ui/text-field';
import { type SectionId, sectionGroups, sectionTitles } from './section-ids';
import { sections } from './sections';

/** The sections: a list at the side that stays in sight, on a telephone the platform's own list. */
export function Navigation({ current }: { readonly current: SectionId }) {
  return (
    <nav
      aria-label="Administration"
      className="shrink-0 md:sticky md:top-3 md:-m-1 md:max-h-[calc(100dvh-1.5rem)] md:w-50 md:self-start md:overflow-y-auto md:p-1"
    >
      <SectionPicker current={current} />
      <div className="flex flex-col gap-4 max-md:hidden">
        {sectionGroups.map(({ title, ids }) => (
          <div key={title}>
            <h2 className="mb-1 px-3 text-xs font-medium text-ink-2">{title}</h2>
            <ul aria-label={title} className="flex flex-col gap-1">
              {ids.map((id) => (
                <li key={id}>
                  <SectionLink id={id} current={id === current} />
                </li>
              ))}
            </ul>
          </div>
        ))}
        <a href="/welcome/" className="rounded px-3 text-[0.8125rem] text-ink-2 hover:text-ink hover:underline">
          Set-up assistant
        </a>
      </div>
    </nav>
  );
}

const assistant = 'assistant';

function SectionPicker({ current }: { readonly current: SectionId }) {
  return (
    <span className="relative block md:hidden">
      <select
        aria-label="Section"
        value={current}
        onChange={(event) => {
          const { value } = event.target;
          location.assign(value === assistant ? '/welcome/' : `/admin/${value}/`);
          // Who is held back by what is not saved is still here.
          event.target.value = current;
        }}
        className={clsx(fieldBase, 'h-10 appearance-none pr-9 font-medium')}
      >
        {sectionGroups.map(({ title, ids }) => (
          <optgroup key={title} label={title}>
            {ids.map((id) => (
              <option key={id} value={id}>
                {sectionTitles[id]}
              </option>
            ))}
          </optgroup>
        ))}
        <option value={assistant}>Set-up assistant</option>
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-3 top-3 size-4 text-ink-2" />
    </span>
  );
}

function SectionLink({ id, current }: { readonly id: SectionId; readonly current: boolean }) {
  const Icon = sections[id].icon;
  return (
    <a
      href={`/admin/${id}/`}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex h-8 items-center gap-2.5 whitespace-nowrap rounded-md px-3 text-sm',
        current
          ? 'bg-surface font-semibold text-ink shadow-[inset_0_0_0_1px_var(--c-line)]'
          : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {sectionTitles[id]}
    </a>
  );
}
