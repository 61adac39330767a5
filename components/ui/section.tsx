'use client';

import clsx from 'clsx';
import { ChevronRight } from 'lucide-react';
import {
  createContext,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useContext,
  useId,
  useState,
} from 'react';

/** What the heading of a section answers to where sections can be put in another order. */
export interface SectionMoving {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  /** For a screen reader. */
  readonly keys: string;
}

/** Above a section that can be moved. */
export const MovableSection = createContext<SectionMoving | null>(null);

interface SectionProps {
  readonly title: string;
  readonly count?: ReactNode;
  /** Under this name the browser remembers whether it is folded away. */
  readonly remember: string;
  /** 4: inside of another section. */
  readonly level?: 3 | 4;
  /** At the end of the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function remembered(name: string): boolean {
  try {
    return localStorage.getItem(`cordboard-fold-${name}`) !== '1';
  } catch {
    return true;
  }
}

/** A heading that folds what is below it. */
export function Section({ title, count, remember, level = 3, aside, children }: SectionProps) {
  const Heading = level === 3 ? 'h3' : 'h4';
  const [open, setOpen] = useState(() => remembered(remember));
  const id = useId();
  const movable = useContext(MovableSection);
  const moving = level === 3 ? movable : null;
  const toggle = () => {
    setOpen(!open);
    try {
      localStorage.setItem(`cordboard-fold-${remember}`, open ? '1' : '0');
    } catch {
      // Not remembered, still folded.
    }
  };
  return (
    <section>
      <div className={clsx('sticky flex items-center bg-canvas', level === 3 ? 'top-0 z-20' : 'top-8 z-10 pl-2')}>
        <Heading className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={toggle}
            onKeyDown={moving?.onKeyDown}
            onPointerDown={moving?.onPointerDown}
            aria-keyshortcuts={moving?.keys}
            className="flex h-8 w-full cursor-pointer items-center gap-1 rounded px-1 text-left text-xs font-semibold text-ink-2 hover:text-ink"
          >
            <ChevronRight aria-hidden className={open ? 'size-3.5 shrink-0 rotate-90' : 'size-3.5 shrink-0'} />
            <span className="truncate">{title}</span>
            {count === undefined ? null : <span className="font-normal tabular-nums text-ink-2">{count}</span>}
          </button>
        </Heading>
        {aside}
      </div>
      <div id={id} hidden={!open} className="pb-2">
        {children}
      </div>
    </section>
  );
}
