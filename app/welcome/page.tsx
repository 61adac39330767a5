import type { Metadata } from 'next';
import { SetupPage } from '@/components/setup/setup-page';

export const metadata: Metadata = { title: 'Set up' };

export default function WelcomePage() {
  return <SetupPage />;
}
