import type { Health } from '@/server/protocol/health';
import { Card } from '../../account/card';
import { lengthWords, sizeWords } from '../size-words';
import { Facts } from './facts';

/** The server of the panel itself. */
export function PanelCard({ health: { at, panel, database, writes, faults, backups } }: { readonly health: Health }) {
  const now = Date.parse(at);
  const queues = Object.values(writes);
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const dropped = queues.reduce((sum, queue) => sum + queue.dropped, 0);
  const newest = backups.newestAt === null ? null : lengthWords(now - Date.parse(backups.newestAt));
  return (
    <Card title="The panel">
      <Facts
        facts={[
          { name: 'Version', value: panel.version, remark: `Node.js ${panel.node.replace(/^v/, '')}` },
          { name: 'Running for', value: lengthWords(now - Date.parse(panel.startedAt)) },
          { name: 'Memory', value: sizeWords(panel.memory), remark: `${sizeWords(panel.heap)} in use by the program` },
          {
            name: 'Event loop late by',
            value: `${panel.loop.p99} ms`,
            remark: `at most ${panel.loop.max} ms in the last minute`,
            bad: panel.loop.p99 > 250,
          },
          {
            name: 'Database',
            value: sizeWords(database.bytes + database.walBytes),
            remark: database.healthy ? 'answers' : 'does not answer',
            bad: !database.healthy,
          },
          { name: 'Free on its disk', value: database.freeBytes === null ? 'unknown' : sizeWords(database.freeBytes) },
          {
            name: 'Waiting to be written',
            value: waiting,
            remark: dropped === 0 ? 'nothing was lost' : `${dropped} lost`,
            bad: dropped > 0,
          },
          { name: 'Faults of the model', value: faults, bad: faults > 0 },
          {
            name: 'Newest backup',
            value: newest === null ? 'none' : `${newest} ago`,
            remark: backups.problem ?? (backups.count === 1 ? '1 backup' : `${backups.count} backups`),
            bad: backups.problem !== null,
          },
        ]}
      />
    </Card>
  );
}
