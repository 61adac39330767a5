import { createStore } from '../ui/store';
import type { CallInHand } from './call-in-hand';
import type { TransferKind } from './plan';

/** The call that is being dragged, and what a drop onto a person does; null: none is. */
export const dragState = createStore<{
  readonly call: CallInHand | null;
  readonly kind: TransferKind;
  /** By the switch, which wins over the keys that are held. */
  readonly chosen: boolean;
}>({ call: null, kind: 'blind', chosen: false });
