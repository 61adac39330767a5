import type { CallNote } from '../protocol/call-log';
import type { PrismaClient } from './generated/client';

/** What users wrote about calls: one note per call and user, whether the call runs or is over. */
export class CallNotes {
  constructor(private readonly prisma: PrismaClient) {}

  /** Oldest first. */
  async of(pbx: string, call: string): Promise<CallNote[]> {
    const rows = await this.prisma.callNote.findMany({ where: { pbx, call }, orderBy: { at: 'asc' } });
    return rows.map(({ by, at, text }) => ({ by, at: at.toISOString(), text }));
  }

  /** An empty text removes the note. */
  async put(pbx: string, call: string, { by, at, text }: { by: string; at: number; text: string }): Promise<void> {
    if (text === '') {
      await this.prisma.callNote.deleteMany({ where: { pbx, call, by } });
      return;
    }
    const written = { at: new Date(at), text };
    await this.prisma.callNote.upsert({
      where: { pbx_call_by: { pbx, call, by } },
      create: { pbx, call, by, ...written },
      update: written,
    });
  }

  /** A call became part of another: its notes go along; who wrote about both has written both. */
  async move(pbx: string, from: string, into: string): Promise<void> {
    await this.prisma.$transaction(async ({ callNote }) => {
      for (const { by, at, text } of await callNote.findMany({ where: { pbx, call: from } })) {
        const where = { pbx_call_by: { pbx, call: into, by } };
        const there = await callNote.findUnique({ where });
        const both = there === null ? text : `${there.text}\n${text}`;
        const create = { pbx, call: into, by, at, text };
        await callNote.upsert({ where, create, update: { text: both } });
        await callNote.delete({ where: { pbx_call_by: { pbx, call: from, by } } });
      }
    });
  }

  /** Removes what is older, of all PBXs; answers how many. */
  async prune(before: Date): Promise<number> {
    return (await this.prisma.callNote.deleteMany({ where: { at: { lt: before } } })).count;
  }
}
