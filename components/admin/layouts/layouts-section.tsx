'use client';

import { SectionSkeleton } from '../admin-page';

export default function LayoutsSection() {
  return <SectionSkeleton />;
}
