import type { Metadata } from 'next';
import { EnterWithCode } from '@/components/auth/enter-with-code';

export const metadata: Metadata = { title: 'First sign-in' };

export default function SetupPage() {
  return <EnterWithCode />;
}
