import type { Metadata } from 'next';
import { AdminPage } from '@/components/admin/admin-page';

export const metadata: Metadata = { title: 'Administration' };

/** The first section, under the short address as well. */
export default function Page() {
  return <AdminPage section="pbx" />;
}
