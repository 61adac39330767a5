'use client';

import {
  type ButtonHTMLAttributes,
  type ComponentType,
  cloneElement,
  type ReactElement,
  Suspense,
  useState,
} from 'react';

type Trigger = ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;

interface DeferredMenuProps {
  readonly trigger: Trigger;
  /** A lazy component that renders `<Menu defaultOpen trigger={trigger}>`. */
  readonly content: ComponentType<{ readonly trigger: Trigger }>;
  /** Fetches it; called when the user comes near. */
  readonly preload: () => void;
}

/** A menu whose code comes when it is wanted: most pages are looked at far more often than their menus are opened. */
export function DeferredMenu({ trigger, content: Content, preload }: DeferredMenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onPointerEnter: preload,
    onFocus: preload,
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Content trigger={trigger} />
    </Suspense>
  );
}
