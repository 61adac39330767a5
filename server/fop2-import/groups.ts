import type { ButtonKind } from '../protocol/buttons';
import type { ImportGroup } from '../protocol/fop2-import';
import { type AccessGroup, emptyGroup, type GroupKind } from '../protocol/groups';
import { isShown, type Resolved } from './devices';
import type { Fop2Group } from './document';
import { entry } from './table';

/** FOP2's groups as groups of the panel. */

/** The groups that FOP2 always has; null: everything. */
const predefined: Readonly<Record<string, { readonly name: string; readonly all: GroupKind } | null>> = {
  'all buttons': null,
  'all extensions': { name: 'All extensions', all: 'extensions' },
  'all queues': { name: 'All queues', all: 'queues' },
  'all conferences': { name: 'All conferences', all: 'conferences' },
  'all trunks': { name: 'All trunks', all: 'trunks' },
};

/** Ring groups are reached by their number, as extensions are. */
const fieldOf: Readonly<Record<ButtonKind, GroupKind>> = {
  extension: 'extensions',
  ringgroup: 'extensions',
  queue: 'queues',
  conference: 'conferences',
  park: 'parking',
  trunk: 'trunks',
};

export interface PlannedGroup {
  readonly group: AccessGroup;
  readonly change: 'new' | 'same';
  readonly notes: readonly string[];
}

export type Resolve = (device: string) => Resolved | null;

const mostGroups = 500;

export class Groups {
  readonly #planned = new Map<string, PlannedGroup>();
  readonly #byFop2Name = new Map<string, string>();

  constructor(
    private readonly existing: readonly AccessGroup[],
    private readonly resolve: Resolve,
  ) {}

  get planned(): readonly PlannedGroup[] {
    return [...this.#planned.values()];
  }

  /** Null: there are too many. */
  add({ name, devices }: Pick<Fop2Group, 'name' | 'devices'>): PlannedGroup | null {
    const { group, notes } = this.#make(name, devices);
    const planned = this.#plan(group, notes);
    if (planned !== null) this.#byFop2Name.set(name.toLowerCase(), planned.group.name);
    return planned;
  }

  /** A group by the name that the files give it. `everything`: all that there is. */
  named(name: string): { readonly group: string } | 'everything' | null {
    const own = this.#byFop2Name.get(name.toLowerCase());
    if (own !== undefined) return { group: own };
    const always = entry(predefined, name.toLowerCase());
    if (always === undefined) return null;
    if (always === null) return 'everything';
    const planned = this.#plan({ ...emptyGroup(always.name), all: [always.all] }, []);
    return planned && { group: planned.group.name };
  }

  #make(name: string, devices: readonly string[]): { group: AccessGroup; notes: string[] } {
    const members = new Map<GroupKind, Set<string>>();
    const all = new Set<GroupKind>();
    const notes: string[] = [];
    let unknown = 0;
    for (const device of devices) {
      const always = entry(predefined, device.toLowerCase());
      const found = always === undefined ? this.resolve(device) : null;
      if (always !== undefined) for (const kind of always === null ? allKinds : [always.all]) all.add(kind);
      else if (found === null) unknown += 1;
      else members.set(fieldOf[found.kind], (members.get(fieldOf[found.kind]) ?? new Set()).add(found.key));
      if (found?.note && isShown(device)) notes.push(found.note);
    }
    if (unknown > 0) notes.push(`${unknown} of it ${unknown === 1 ? 'is no button' : 'are no buttons'}: not taken.`);
    const lists = Object.fromEntries([...members].map(([kind, keys]) => [kind, [...keys]]));
    return { group: { ...emptyGroup(nameOf(name)), ...lists, all: [...all] }, notes };
  }

  /** The first name that is free, or that a group of these members has already. */
  #plan(group: AccessGroup, notes: readonly string[]): PlannedGroup | null {
    for (let times = 0; ; times += 1) {
      const name = times === 0 ? group.name : `${group.name.slice(0, 50)} (FOP2${times === 1 ? '' : ` ${times}`})`;
      const there = this.existing.find((one) => one.name === name);
      const mine = this.#planned.get(name);
      if (there !== undefined ? !sameGroup(there, group) : mine !== undefined && !sameGroup(mine.group, group))
        continue;
      const added = [...this.#planned.values()].filter(({ change }) => change === 'new').length;
      if (there === undefined && mine === undefined && this.existing.length + added >= mostGroups) return null;
      const change = there === undefined ? 'new' : 'same';
      const words =
        times === 0 ? notes : [...notes, `There is another group called ${group.name}: this one is ${name}.`];
      const planned: PlannedGroup = mine ?? { group: { ...group, name }, change, notes: words };
      this.#planned.set(name, planned);
      return planned;
    }
  }
}

const allKinds: readonly GroupKind[] = ['extensions', 'queues', 'conferences', 'parking', 'trunks'];
const fields = ['extensions', 'departments', 'queues', 'conferences', 'parking', 'trunks', 'all'] as const;

function nameOf(name: string): string {
  return name.slice(0, 60).trim();
}

export function sameGroup(one: AccessGroup, other: AccessGroup): boolean {
  return fields.every((field) => {
    const [a, b] = [new Set<string>(one[field]), new Set<string>(other[field])];
    return a.size === b.size && [...a].every((name) => b.has(name));
  });
}

const words: Readonly<Record<GroupKind, readonly [string, string]>> = {
  extensions: ['extension', 'extensions'],
  queues: ['queue', 'queues'],
  conferences: ['conference', 'conferences'],
  parking: ['parking lot', 'parking lots'],
  trunks: ['trunk', 'trunks'],
};

export function toImportGroup({ group, change, notes }: PlannedGroup): ImportGroup {
  const holds = allKinds.flatMap((kind) => {
    const count = group[kind].length;
    if (group.all.includes(kind)) return [`all ${words[kind][1]}`];
    return count === 0 ? [] : [`${count} ${words[kind][count === 1 ? 0 : 1]}`];
  });
  return { name: group.name, change, holds: holds.join(', ') || 'nothing', notes: [...notes] };
}
