'use client';

import { SectionSkeleton } from '../admin-page';

export default function AppearanceSection() {
  return <SectionSkeleton />;
}
