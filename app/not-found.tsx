import type { Metadata } from 'next';
import { DoorCard } from '@/components/auth/door-card';
import { buttonBase } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Page not found' };

export default function Page() {
  return (
    <DoorCard title="There is no such page">
      <p className="text-sm leading-relaxed text-ink-2">The address is not quite right, or the page has moved.</p>
      <a href="/" className={`${buttonBase} mt-4 h-9 bg-accent px-3.5 text-sm text-accent-ink hover:brightness-110`}>
        Go to the panel
      </a>
    </DoorCard>
  );
}
