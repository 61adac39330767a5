export function Brand({ wordless }: { readonly wordless?: boolean }) {
  return (
    <a
      href="/"
      className="flex shrink-0 items-center gap-2 rounded text-[0.9375rem] font-semibold tracking-tight text-ink"
    >
      <svg aria-hidden viewBox="0 0 32 32" className="size-6" role="presentation">
        <rect width="32" height="32" rx="7" fill="var(--c-accent)" />
        <g fill="none" stroke="var(--c-accent-ink)" strokeWidth="2.5">
          <circle cx="10" cy="10" r="3.5" />
          <path d="M10 13.5v4a4.5 4.5 0 0 0 4.5 4.5h4" />
        </g>
        <circle cx="22" cy="22" r="3.5" fill="var(--c-accent-ink)" />
      </svg>
      <span className={wordless ? 'sr-only' : 'max-xl:sr-only'}>Cordboard</span>
    </a>
  );
}
