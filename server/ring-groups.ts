import { AmiRefusedError } from './ami/errors';
import type { AmiMessage, AmiPort } from './ami/types';
import type { PbxEvent, RingGroupInfo } from './pbx/events';

/** Where FreePBX keeps its ring groups in the dialplan; other PBXs have none that can be told from what else is dialled. */
const context = 'ext-group';
const groupNumber = /^\d{1,20}$/;
/** `Macro(dial,20,${DIAL_OPTIONS},101-102)`, `Gosub(macro-dial,s,1(20,${DIAL_OPTIONS},101-102))`. */
const dials = /^(?:dial|macro-dial(?:-one)?,[^(]*\(\d*|dial,\d*),.*,([0-9*#]+(?:-[0-9*#]+)*)\)?$/;
const plainMember = /^[0-9*]{1,40}$/;

export interface RingGroupDeps {
  readonly ami: () => AmiPort | null;
  readonly emit: (event: PbxEvent) => void;
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

/** Reads the ring groups of the PBX whenever the feed has read its extensions. Class: config, reporting. */
export class RingGroups {
  #reading = false;

  constructor(private readonly deps: RingGroupDeps) {}

  /** Every event, after the model has had it. */
  observe(event: PbxEvent): void {
    const read = event.type === 'link' && event.link === 'up';
    const again = event.type === 'list.extensions' && event.repair;
    if (read || again) void this.read();
  }

  /** Never rejects. */
  async read(): Promise<void> {
    const { ami, emit, now, log } = this.deps;
    const port = ami();
    if (port === null || this.#reading) return;
    this.#reading = true;
    try {
      const groups = await ringGroupsOf(port);
      // Another PBX may be followed by now.
      if (ami() === port) emit({ type: 'list.ringGroups', at: now(), repair: false, groups });
    } catch (error) {
      log.warn({ err: error }, 'the ring groups were not read');
    } finally {
      this.#reading = false;
    }
  }
}

/** None where there is no such context, or the account may not look. */
export async function ringGroupsOf(port: AmiPort): Promise<RingGroupInfo[]> {
  const members = new Map<string, string[] | null>();
  try {
    let within = '';
    for await (const item of port.list('ShowDialPlan', { Context: context })) {
      within = item.get('Extension') ?? within;
      if (!groupNumber.test(within) || item.get('Application') === undefined) continue;
      members.set(within, members.get(within) ?? membersOf(item));
    }
  } catch (error) {
    if (!(error instanceof AmiRefusedError)) throw error;
    return [];
  }
  return [...members].map(([number, who]) => ({ number, name: '', members: who }));
}

/** Null: this step rings nobody that can be told. */
function membersOf(item: AmiMessage): string[] | null {
  const list = dials.exec(item.get('AppData') ?? '')?.[1];
  if (list === undefined) return null;
  // A hash ends a number outside, which is no extension.
  const inside = list.split('-').filter((one) => plainMember.test(one));
  return inside.length > 0 ? [...new Set(inside)] : null;
}
