import type { Health } from '@/server/protocol/health';
import { Card } from '../../account/card';
import { Badge, type BadgeTone } from '../../ui/badge';
import { lengthWords } from '../size-words';
import { EventsChart } from './events-chart';
import { Facts } from './facts';
import { backendWords } from './health-words';

const states: Readonly<Record<Health['pbx']['link'], readonly [BadgeTone, string]>> = {
  up: ['good', 'Connected'],
  syncing: ['warn', 'Reading'],
  down: ['danger', 'Link lost'],
};

const backendStates: Readonly<Record<Health['pbx']['backends'][number]['state'], readonly [BadgeTone, string]>> = {
  up: ['good', 'Works'],
  limited: ['warn', 'Works in part'],
  away: ['danger', 'Cannot be reached'],
};

/** The link to the PBX, as it is now. */
export function LinkCard({ health: { at, pbx, events, repairs, tampered } }: { readonly health: Health }) {
  const [tone, words] = states[pbx.link];
  const since = Date.parse(at) - Date.parse(pbx.since);
  const ms = (value: number | null): string => (value === null ? '–' : lengthWords(value));
  return (
    <Card title="Link to the PBX">
      <p className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink">
        <Badge tone={tone}>{words}</Badge>
        <span className="font-medium">{pbx.name || 'No PBX'}</span>
        <span className="text-ink-2">
          {pbx.asteriskVersion ? `Asterisk ${pbx.asteriskVersion}, ` : ''}
          for {lengthWords(since)}
        </span>
        {pbx.problem ? <span className="basis-full text-dnd-ink">{pbx.problem}</span> : null}
      </p>
      <Facts
        facts={[
          { name: 'Answers within', value: pbx.pingMs === null ? '–' : `${pbx.pingMs} ms` },
          { name: 'First read took', value: ms(pbx.firstReadMs), remark: `the last one ${ms(pbx.lastReadMs)}` },
          {
            name: 'Events a second',
            value: events.perSecond,
            remark: `${events.total.toLocaleString('en-GB')} in all`,
          },
          { name: 'Reconnects', value: pbx.reconnects, remark: failedWords(pbx.failedReads) },
          { name: 'Repaired records', value: repairs, remark: repairs === 0 ? 'nothing was missed' : 'see below' },
          { name: 'Forged blocks', value: tampered, bad: tampered > 0 },
          { name: 'Full reads', value: pbx.reads },
          { name: 'Missing on the PBX', value: pbx.missing.length, remark: missingWords(pbx.missing.length) },
        ]}
      />
      <EventsChart hour={events.hour} />
      {pbx.backends.length > 0 ? (
        <ul aria-label="Where availability is kept" className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
          {pbx.backends.map((backend) => (
            <li key={backend.id} className="flex items-center gap-1.5">
              <Badge tone={backendStates[backend.state][0]}>{backendStates[backend.state][1]}</Badge>
              {backendWords(backend.id)}
              {backend.problem ? <span className="text-ink-2">: {backend.problem}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function failedWords(failed: number): string {
  return failed === 0 ? 'no read failed' : failed === 1 ? '1 read failed' : `${failed} reads failed`;
}

function missingWords(count: number): string {
  return count === 0 ? 'it has all the panel needs' : 'see Administration, PBX';
}
