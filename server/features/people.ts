import type { ExtensionInfo, PbxEvent } from '../pbx/events';
import type { Person } from './backend';

/** Who is on the PBX, as far as features have to know: learned from the events that pass on to the model. */
export class People {
  readonly #people = new Map<string, Person>();

  get(number: string): Person {
    return this.#people.get(number) ?? { number, devices: [], presentity: null };
  }

  has(number: string): boolean {
    return this.#people.has(number);
  }

  numbers(): IterableIterator<string> {
    return this.#people.keys();
  }

  /** The numbers whose slots may be others than before. */
  note(event: PbxEvent): readonly string[] {
    switch (event.type) {
      case 'extension':
        return this.#learn(event.extension) ? [event.extension.number] : [];
      case 'extension.gone':
        this.#people.delete(event.number);
        return [];
      case 'list.extensions':
        return this.#list(event.extensions);
      default:
        return [];
    }
  }

  clear(): void {
    this.#people.clear();
  }

  #list(extensions: readonly ExtensionInfo[]): readonly string[] {
    const listed = new Set(extensions.map(({ number }) => number));
    for (const number of [...this.#people.keys()]) if (!listed.has(number)) this.#people.delete(number);
    return extensions.filter((info) => this.#learn(info)).map(({ number }) => number);
  }

  #learn({ number, devices, presentity }: ExtensionInfo): boolean {
    const old = this.#people.get(number);
    const next: Person = {
      number,
      devices: devices ?? old?.devices ?? [],
      presentity: presentity === undefined ? (old?.presentity ?? null) : presentity,
    };
    if (old && old.presentity === next.presentity && sameList(old.devices, next.devices)) return false;
    this.#people.set(number, next);
    return true;
  }
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
