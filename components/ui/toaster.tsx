'use client';

import { Toaster as Sonner } from 'sonner';

/** Mount once per page; call `toast` of sonner anywhere. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      offset={16}
      mobileOffset={72}
      style={{ fontFamily: 'inherit' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[min(26rem,calc(100vw-2rem))] items-start gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-2.5 text-sm text-ink shadow-overlay',
          error: 'border-l-4 border-l-dnd',
          success: 'border-l-4 border-l-free',
          info: 'border-l-4 border-l-accent',
        },
      }}
    />
  );
}
