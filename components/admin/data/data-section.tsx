'use client';

import { SectionSkeleton } from '../admin-page';

export default function DataSection() {
  return <SectionSkeleton />;
}
