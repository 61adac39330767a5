import { History } from 'lucide-react';
import { view } from '../shell/view';
import type { Action } from './action';

/** What was changed of a person's availability; the server answers others' to those who may set it. */
export const openHistory: Action<string> = {
  id: 'extension.history',
  icon: History,
  section: 'People',
  label: () => 'History…',
  blocked: ({ me }, number) => {
    const others = me?.permissions.includes('dnd') || me?.permissions.includes('presence');
    return others || me?.extension === number ? null : 'Your account may see its own history only.';
  },
  run: (_, number) => view.set({ history: number, opened: null }),
};
