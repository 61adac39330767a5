import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdminPage } from '@/components/admin/admin-page';
import { type SectionId, sectionIds, sectionTitles } from '@/components/admin/section-ids';

interface Props {
  readonly params: Promise<{ section: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return sectionIds.map((section) => ({ section }));
}

function idOf(section: string): SectionId {
  return sectionIds.find((id) => id === section) ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${sectionTitles[idOf((await params).section)]} · Administration` };
}

export default async function Page({ params }: Props) {
  return <AdminPage section={idOf((await params).section)} />;
}
