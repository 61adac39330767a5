'use client';

import { SectionSkeleton } from '../admin-page';

export default function IntegrationsSection() {
  return <SectionSkeleton />;
}
