import { meansAll, names, namesDepartment, namesNumber } from '../commands/limits';
import type { StateMaps } from '../protocol/apply';
import type { GroupKind, Limit } from '../protocol/groups';

/** Oneself, and those that a limit means (null: nobody else). */
export interface Sight {
  readonly own: string | null;
  readonly limit: Limit | null;
}

/** Which extensions and places a sight means. Departments are remembered and brought up to date by changes alone. */
export class Circle {
  /** Extensions that are there and meant by their department, or because all are. */
  private readonly members = new Set<string>();

  constructor(
    private readonly sight: Sight,
    private readonly maps: StateMaps,
  ) {
    for (const number of maps.extensions.keys()) this.note(number);
  }

  hasExtension(number: string | null): boolean {
    if (number === null) return false;
    const { own, limit } = this.sight;
    return number === own || namesNumber(limit, number) || this.members.has(number);
  }

  has(kind: Exclude<GroupKind, 'extensions'>, name: string | null): boolean {
    return names(this.sight.limit, kind, name);
  }

  /** Whether an extension that changed came in, or went out. */
  moved(number: string): boolean {
    const before = this.hasExtension(number);
    this.note(number);
    return before !== this.hasExtension(number);
  }

  private note(number: string): void {
    const record = this.maps.extensions.get(number);
    const { limit } = this.sight;
    const member = record !== undefined && (meansAll(limit, 'extensions') || namesDepartment(limit, record.group));
    if (member) this.members.add(number);
    else this.members.delete(number);
  }
}
