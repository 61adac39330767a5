import type { ReactNode } from 'react';

interface CardProps {
  readonly id?: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a settings page. */
export function Card({ id, title, description, children }: CardProps) {
  const heading = `${id ?? title.toLowerCase().replace(/\W+/g, '-')}-heading`;
  return (
    <section id={id} aria-labelledby={heading} className="scroll-mt-4 rounded-xl border border-line bg-surface">
      <header className="border-b border-line px-4 py-3 sm:px-5">
        <h2 id={heading} className="text-[0.9375rem] font-semibold text-ink">
          {title}
        </h2>
        {description ? <p className="mt-0.5 text-sm text-ink-2">{description}</p> : null}
      </header>
      <div className="px-4 py-4 sm:px-5">{children}</div>
    </section>
  );
}
