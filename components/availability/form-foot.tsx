import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';

/** The buttons of a form, in sight however long it is, and why they cannot be pressed. */
export function FormFoot({ blocked, children }: { readonly blocked: string | null; readonly children: ReactNode }) {
  return (
    <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap items-center justify-end gap-2 rounded-b-xl border-t border-line bg-raised px-5 py-3">
      {blocked ? (
        <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-[0.8125rem] text-ink-2">
          <Lock aria-hidden className="size-4 shrink-0" />
          {blocked}
        </p>
      ) : null}
      {children}
    </div>
  );
}
