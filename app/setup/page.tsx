import type { Metadata } from 'next';
import { SetupDoor } from '@/components/auth/setup-door';

export const metadata: Metadata = { title: 'First sign-in' };

export default function SetupPage() {
  return <SetupDoor />;
}
