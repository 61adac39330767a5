import { setTimeout as wait } from 'node:timers/promises';
import { dndHandler, forwardHandler, presenceHandler } from './commands/availability';
import { BulkAvailability } from './commands/availability-bulk';
import { callHandlers } from './commands/calls/handlers';
import type { Transfers } from './commands/calls/transfers';
import { createCommands } from './commands/executor';
import { KeyedLimiter } from './commands/limiter';
import type { ModelPort } from './commands/model-port';
import type { OutsideDoor } from './commands/outside';
import { panicHandler } from './commands/panic';
import type { AvailabilityParts } from './compose-availability';
import type { composeCallLog } from './compose-call-log';
import type { PbxLink } from './link';
import { commandLabel, type createMetrics } from './metrics';
import type { PanicSwitch } from './panic-switch';
import type { PbxEvent } from './pbx/events';
import type { RecordingSettingsKeeper } from './recording-settings';
import type { Store } from './store/store';

export interface CommandParts {
  readonly store: Pick<Store, 'audit'>;
  readonly model: ModelPort;
  readonly ami: () => PbxLink['ami'];
  readonly parts: Pick<AvailabilityParts, 'availability' | 'settings'>;
  readonly panic: PanicSwitch;
  readonly door: OutsideDoor;
  readonly callLog: Pick<ReturnType<typeof composeCallLog>, 'notes'>;
  readonly recordings: Pick<RecordingSettingsKeeper, 'current'>;
  readonly transfers: Transfers;
  readonly metrics: Pick<ReturnType<typeof createMetrics>, 'commandSeconds' | 'commands'>;
  /** Tells the model what only the panel knows. */
  readonly note: (event: PbxEvent) => void;
  readonly now: () => number;
  readonly log: Parameters<typeof createCommands>[0]['log'];
}

/** Everything an operator can do, with its handlers, counted and timed. */
export function composeCommands(given: CommandParts): ReturnType<typeof createCommands> {
  const { store, model, ami, parts, panic, door, callLog, recordings, transfers, metrics, note, now, log } = given;
  const { availability, settings } = parts;
  const bulk = new BulkAvailability(availability);
  const execute = createCommands({
    model,
    ami,
    handlers: {
      'extension.dnd': dndHandler(availability),
      'extension.forward': forwardHandler(availability, () => settings.current().numbers),
      'extension.presence': presenceHandler(availability),
      'extensions.set': bulk.set,
      'extensions.undo': bulk.undo,
      'outside.stop': panicHandler(panic),
      ...callHandlers({
        rules: () => settings.current().numbers,
        note,
        notes: callLog.notes,
        recording: () => recordings.current(),
        pause: (ms) => wait(ms),
        transfers,
      }),
    },
    door,
    audit: (line) => store.audit.append(line),
    now,
    log,
    limiter: new KeyedLimiter({ burst: 20, perSecond: 5, now }),
  });
  return async (name, params, actor) => {
    const stop = metrics.commandSeconds.startTimer();
    const result = await execute(name, params, actor);
    stop();
    metrics.commands.inc({ command: commandLabel(name), result: result.ok ? 'ok' : result.error });
    return result;
  };
}
