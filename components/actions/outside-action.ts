import { PhoneOff } from 'lucide-react';
import type { Action, ActionContext } from './action';
import { mayNot } from './permissions';
import { send } from './send';

function isStopped({ mirror }: ActionContext): boolean {
  return (mirror.records.map('pbx').values().next().value?.outsideStopped ?? null) !== null;
}

/** The panic switch: it works while the PBX is away as well. */
export const stopOutside: Action = {
  id: 'outside.stop',
  icon: PhoneOff,
  section: 'Session',
  label: (context) =>
    isStopped(context) ? 'Let calls to the outside run again' : 'Stop all calls to the outside (panic switch)',
  blocked: (context) => mayNot({ ...context, away: null }, 'admin') && 'For administrators.',
  run: (context) => {
    const on = !isStopped(context);
    void send(
      context,
      'outside.stop',
      { on },
      {
        on: 'outside',
        refused: on ? 'Calls to the outside were not stopped' : 'Calls to the outside stay stopped',
        done: on ? 'Calls to the outside are stopped' : 'Calls to the outside run again',
      },
    );
  },
};
