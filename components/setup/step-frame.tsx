'use client';

import { type ReactNode, useEffect, useRef } from 'react';

interface StepFrameProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly children: ReactNode;
}

/** One step: its first field or its heading has the focus when it comes, so that it is read and Tab goes on from there. */
export function StepFrame({ title, about, children }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Unless a field of the step took it.
    const step = heading.current?.parentElement;
    if (!step?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);
  return (
    <div>
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-ink outline-none sm:text-2xl">
        {title}
      </h1>
      <div className="mb-6 mt-1.5 text-sm leading-relaxed text-ink-2">{about}</div>
      {/* What has the focus is never behind the bar. */}
      <div className="flex flex-col gap-5 [&_:is(input,select,textarea,button,summary,a)]:scroll-mb-20">{children}</div>
    </div>
  );
}

/** The way on, at the end of every step: in sight however long it is. */
export function StepActions({ children }: { readonly children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-4 py-3">
      {children}
    </div>
  );
}
