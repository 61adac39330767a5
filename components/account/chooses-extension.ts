import type { Me } from '@/server/protocol/session';

/** Who may set their own alone may not choose whose that is (server/http/routes/me.ts). */
export function choosesExtension({ permissions, sees }: Me): boolean {
  return sees === undefined && permissions.includes('dnd') && permissions.includes('forward');
}
