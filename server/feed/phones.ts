/** An extension in the making: its first named context, and every device that was found for it. */
export interface Phone {
  readonly number: string;
  context: string;
  readonly devices: string[];
}

/** Extensions by number and by device, while a directory is built. */
export class Phones {
  readonly #phones = new Map<string, Phone>();
  readonly #owners = new Map<string, string[]>();

  add(number: string, context: string, devices: readonly string[]): void {
    const phone = this.#phones.get(number) ?? { number, context, devices: [] };
    this.#phones.set(number, phone);
    if (phone.context === '') phone.context = context;
    for (const device of devices) {
      if (!phone.devices.includes(device)) phone.devices.push(device);
      const owners = this.#owners.get(device) ?? [];
      if (!owners.includes(number)) this.#owners.set(device, [...owners, number]);
    }
  }

  owns(device: string): boolean {
    return this.#owners.has(device);
  }

  list(): readonly Phone[] {
    return [...this.#phones.values()];
  }

  owners(): ReadonlyMap<string, readonly string[]> {
    return this.#owners;
  }
}
