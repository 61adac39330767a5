'use client';

import { SectionSkeleton } from '../admin-page';

export default function SignInSection() {
  return <SectionSkeleton />;
}
