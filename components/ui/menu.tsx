'use client';

import { Menu as Base } from '@base-ui/react/menu';
import clsx from 'clsx';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

const popup =
  'max-h-[min(36rem,var(--available-height))] min-w-52 max-w-[min(30rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-raised p-1 ' +
  'text-sm text-ink shadow-overlay outline-none';

interface MenuProps {
  /** A button element; it gets the menu's aria attributes. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly defaultOpen?: boolean;
}

export function Menu({ trigger, children, align = 'end', defaultOpen = false }: MenuProps) {
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className={popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuAtProps {
  /** A point of the window, px. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly onClose: () => void;
  /** What takes the focus afterwards. */
  readonly finalFocus: () => HTMLElement | null;
  readonly children: ReactNode;
}

/** A menu without a button: of something that was pressed with the other mouse button, or for long. */
export function MenuAt({ x, y, label, onClose, finalFocus, children }: MenuAtProps) {
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup aria-label={label} finalFocus={finalFocus} className={popup}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const item =
  'flex min-h-8 w-full cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 text-left outline-none ' +
  'data-[highlighted]:bg-hover data-[disabled]:cursor-not-allowed data-[disabled]:text-ink-3';

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly shortcut?: ReactNode;
  readonly disabled?: boolean;
  /** Why it is disabled, as a second line. */
  readonly reason?: string | null;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, icon, shortcut, disabled, reason, children }: MenuItemProps) {
  return (
    <Base.Item className={item} disabled={disabled} onClick={onSelect}>
      <span className="grid size-4 shrink-0 place-items-center text-ink-2">{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2 leading-5">{children}</span>
        {reason ? <span className="block max-w-72 pb-1 text-xs leading-4">{reason}</span> : null}
      </span>
      {shortcut}
    </Base.Item>
  );
}

/** An item that goes to another page. */
export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem className={item} href={href} closeOnClick>
      <span className="grid size-4 shrink-0 place-items-center text-ink-2">{icon}</span>
      <span className="flex-1 truncate">{children}</span>
    </Base.LinkItem>
  );
}

interface MenuChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: T) => void;
}

/** One of several, with a tick. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pb-1 pt-2 text-xs font-medium text-ink-2">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={item}>
            <span className="grid size-4 shrink-0 place-items-center text-ink-2">{option.icon}</span>
            <span className="flex-1">{option.label}</span>
            <Base.RadioItemIndicator className="text-accent">
              <Check aria-hidden className="size-4" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

interface MenuSwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** Something that is on or off. */
export function MenuSwitch({ checked, onChange, children }: MenuSwitchProps) {
  return (
    <Base.CheckboxItem className={item} checked={checked} onCheckedChange={onChange}>
      <span className="grid size-4 shrink-0 place-items-center text-accent">
        {checked ? <Check aria-hidden className="size-4" /> : null}
      </span>
      <span className="flex-1">{children}</span>
    </Base.CheckboxItem>
  );
}

export function MenuLine() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}

export function MenuHeading({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <div className={clsx('px-2.5 py-1.5', className)}>{children}</div>;
}
