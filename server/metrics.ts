import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LinkStats } from './link';
import type { Gateway } from './live/gateway';
import { commands } from './protocol/commands';

export interface MetricsSources {
  readonly link: () => LinkStats | null;
  readonly linkUp: () => boolean;
  readonly gateway: () => Gateway | null;
  readonly calls: () => number;
}

export interface PanelMetrics {
  readonly registry: Registry;
  /** Records that a reconciliation had to mend. */
  readonly repairs: Counter;
  readonly ops: Counter;
  /** Events the model failed over. */
  readonly faults: Counter;
  readonly commands: Counter<'command' | 'result'>;
  readonly commandSeconds: Histogram;
}

/** What Prometheus is told. Totals of one AMI session start again when the panel is pointed at another PBX. */
export function createMetrics(sources: MetricsSources): PanelMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'cordboard_' });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `cordboard_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('pbx_link_up', '1 while the PBX link is up', () => (sources.linkUp() ? 1 : 0));
  gauge('calls', 'Calls on the PBX', sources.calls);
  gauge('ami_bytes', 'Bytes received from the PBX', () => sources.link()?.ami.bytesIn ?? 0);
  gauge('ami_events', 'AMI blocks received', () => sources.link()?.ami.eventsSeen ?? 0);
  gauge('ami_events_parsed', 'AMI blocks that were parsed', () => sources.link()?.ami.eventsParsed ?? 0);
  gauge('ami_blocks_dropped', 'Doubtful AMI blocks that were dropped', () => sources.link()?.ami.blocksDropped ?? 0);
  gauge('ami_tamper_incidents', 'Forgeries that were detected', () => sources.link()?.ami.tamperIncidents ?? 0);
  gauge('ami_reconnects', 'Reconnects to the PBX', () => sources.link()?.ami.reconnects ?? 0);
  gauge('pbx_reads', 'Full reads of the PBX', () => sources.link()?.feed.reads ?? 0);
  gauge('browsers', 'Connected sockets', () => sources.gateway()?.stats().sockets ?? 0);
  gauge('browsers_slow', 'Sockets that read too slowly', () => sources.gateway()?.stats().slow ?? 0);
  return {
    registry,
    repairs: new Counter({
      name: 'cordboard_repairs_total',
      help: 'Records that a reconciliation had to mend',
      registers: [registry],
    }),
    faults: new Counter({
      name: 'cordboard_model_faults_total',
      help: 'Events the model failed over; the PBX was read again after each',
      registers: [registry],
    }),
    ops: new Counter({ name: 'cordboard_ops_total', help: 'Changes of records', registers: [registry] }),
    commands: new Counter({
      name: 'cordboard_commands_total',
      help: 'Commands by name and result',
      labelNames: ['command', 'result'] as const,
      registers: [registry],
    }),
    commandSeconds: new Histogram({
      name: 'cordboard_command_seconds',
      help: 'Time to carry a command out',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers: [registry],
    }),
  };
}

/** What stands for a command in the metrics: callers must not be able to add series by making names up. */
export function commandLabel(name: string): string {
  return Object.hasOwn(commands, name) ? name : 'unknown';
}
