import type { Frame, SnapshotLists } from '@/server/protocol/state';
import { type Wire, type WireListeners, WireLost } from './wire';

interface Asked {
  readonly event: string;
  readonly body: unknown;
  answer(value: unknown): Promise<void>;
  lose(): Promise<void>;
}

/** For tests: what the mirror asks is kept, and answered by hand. */
export class FakeWire implements Wire {
  readonly asked: Asked[] = [];
  listeners: WireListeners | null = null;
  opened = 0;
  closed = 0;

  open(): void {
    this.opened += 1;
  }

  close(): void {
    this.closed += 1;
  }

  listen(listeners: WireListeners): void {
    this.listeners = listeners;
  }

  request(event: string, body: unknown): Promise<never> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        event,
        body,
        answer: (value) => settled(() => resolve(value as never)),
        lose: () => settled(() => reject(new WireLost('gone'))),
      });
    });
  }

  last(event: string): Asked {
    const found = this.asked.findLast((one) => one.event === event);
    if (!found) throw new Error(`the mirror did not ask ${event}`);
    return found;
  }

  frame(frame: Frame): void {
    this.listeners?.on.frame(frame);
  }
}

/** Let the promises behind an answer run out. */
async function settled(act: () => void): Promise<void> {
  act();
  for (let i = 0; i < 8; i += 1) await Promise.resolve();
}

export function emptyLists(): SnapshotLists {
  return {
    ...{ pbx: [], extensions: [], channels: [], calls: [], queues: [] },
    ...{ parking: [], conferences: [], trunks: [], transfers: [] },
  };
}
