'use client';

import { useBrand } from './appearance';

export function Brand({ wordless }: { readonly wordless?: boolean }) {
  const { known, name, logo } = useBrand();
  return (
    <a
      href="/"
      data-own={known || undefined}
      className="brand flex shrink-0 items-center gap-2 rounded text-[0.9375rem] font-semibold tracking-tight text-ink"
    >
      {logo ? (
        // biome-ignore lint/performance/noImgElement: the pages are exported, nothing makes other sizes
        <img src={logo} alt="" className="h-7 w-auto max-w-36 object-contain" />
      ) : (
        <svg aria-hidden viewBox="0 0 32 32" className="size-6" role="presentation">
          <rect width="32" height="32" rx="7" fill="var(--c-accent)" />
          <g fill="none" stroke="var(--c-accent-ink)" strokeWidth="2.5">
            <circle cx="10" cy="10" r="3.5" />
            <path d="M10 13.5v4a4.5 4.5 0 0 0 4.5 4.5h4" />
          </g>
          <circle cx="22" cy="22" r="3.5" fill="var(--c-accent-ink)" />
        </svg>
      )}
      <span className={wordless ? 'sr-only' : 'max-w-48 truncate max-xl:sr-only'}>{name}</span>
    </a>
  );
}

/** The name alone, within other words. */
export function BrandName() {
  const { known, name } = useBrand();
  return (
    <span className="brand" data-own={known || undefined}>
      {name}
    </span>
  );
}
