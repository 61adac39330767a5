import type { PbxRecord } from '../protocol/records';
import type { Handler } from './executor';

/** Who stopped all calls of the panel to the outside, and when; null: they run. */
export type Stopped = PbxRecord['outsideStopped'];

export interface PanicPort {
  /** Rejects when it could not be kept. */
  set(on: boolean, by: string): Promise<void>;
}

/** `outside.stop {on}`: the panic switch. It needs no PBX. */
export function panicHandler(panic: PanicPort): Handler<'outside.stop'> {
  return {
    needsPbx: false,
    target: () => '',
    authorise: () => null,
    async act({ on }, { actor }) {
      await panic.set(on, actor.name);
      return { remark: on ? 'stopped' : 'released' };
    },
  };
}
