'use client';

import { SectionSkeleton } from '../admin-page';

export default function BoardsSection() {
  return <SectionSkeleton />;
}
