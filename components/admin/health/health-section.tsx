'use client';

import { SectionSkeleton } from '../admin-page';

export default function HealthSection() {
  return <SectionSkeleton />;
}
