'use client';

import type { IssuedLink } from '../admin/users/link-text';
import { Links } from '../admin/users/links';

/** The links, shown now and never again. */
export function IssuedLinks({ links }: { readonly links: readonly IssuedLink[] }) {
  return (
    <section aria-labelledby="links" className="rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
      <h2 id="links" className="text-sm font-semibold text-ink">
        {links.length === 1 ? `The link for ${links[0]?.name}` : `${links.length} links`}
      </h2>
      <p className="mb-2 text-[0.8125rem] text-ink-2">
        Shown now and not again; a lost one is made anew under Administration → Users.
      </p>
      <Links links={links} />
    </section>
  );
}
