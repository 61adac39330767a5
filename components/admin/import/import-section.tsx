'use client';

import { SectionSkeleton } from '../admin-page';

export default function ImportSection() {
  return <SectionSkeleton />;
}
