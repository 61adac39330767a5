'use client';

import { SectionSkeleton } from '../admin-page';

export default function ButtonsSection() {
  return <SectionSkeleton />;
}
