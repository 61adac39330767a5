import type { Engine } from './engine';
import type { Endpoint } from './model';

/** As a phone's presence screen writes them. */
const presences = [
  'available,,',
  'available,,',
  'available,,Ask me about the spring catalogue',
  'away,lunch,Back in half an hour',
  'away,,In the warehouse',
  'xa,meeting,In a meeting until the hour',
  'unavailable,,Gone for today',
  'chat,,Free for a quick question',
];

/** Texts a script of FOP2 sets; empty: available. */
const fop2Texts = ['Out to lunch', 'Break', 'Meeting', 'Do not Disturb'];

/** Family, and the codes that forward and no longer do. */
const forwardCodes = [
  ['CF', '*72', '*73'],
  ['CFB', '*90', '*91'],
  ['CFU', '*52', '*53'],
] as const;

/** How people tell that they are away, each in another way: a code, the phone's screen, a script of their FOP2. */
export class AvailabilityHabits {
  constructor(
    private readonly engine: Engine,
    private readonly idlePhone: () => Endpoint | undefined,
  ) {}

  /** Somebody dials the feature code on the own phone. */
  dnd(): void {
    const { core, features, phones } = this.engine;
    const on = this.phones().filter((one) => features.dnd(one.name));
    const quiet = on.filter((one) => one.registered && one.channels.size === 0);
    const off = on.length > 3 || (on.length > 1 && core.random.chance(0.5));
    const phone = off ? core.random.pick(quiet) : this.idlePhone();
    if (phone) phones.dial(phone.name, off ? '*79' : '*78');
  }

  /** Somebody sets the presence on the phone's screen. */
  presence(): void {
    const { core, devices, handsets, presence } = this.engine;
    const shown = [...devices.hints.values()].filter((one) => one.presentity !== '' && !handsets.isAttended(one.exten));
    const hint = core.random.pick(shown);
    const value = core.random.pick(presences);
    if (hint && value) presence.set(hint.presentity, value);
  }

  /** A script tells by AMI what people set in FOP2: the row, then the event. */
  fop2(): void {
    const { core, features } = this.engine;
    const others = new Set(this.phones().map(({ device }) => `/fop2state/${device}`));
    const away = features.tree('fop2state').filter(([key, text]) => text !== '' && others.has(key));
    // The panel keeps these rows in step with everything else that is set: they are many.
    const back = away.length > 12 || (away.length > 0 && core.random.chance(0.5));
    const device = back ? core.random.pick(away)?.[0].slice('/fop2state/'.length) : this.idlePhone()?.device;
    const text = back ? '' : (core.random.pick(fop2Texts) ?? '');
    if (device) features.setFop2(device, text);
  }

  /** Somebody forwards the own phone by a code, or no longer does. */
  forward(): void {
    const { core, features, phones } = this.engine;
    const [family, on, off] = core.random.pick(forwardCodes) ?? forwardCodes[0];
    const others = new Set(this.phones());
    const forwarded = features.tree(family).map(([key]) => phones.endpoint(key.slice(family.length + 2)));
    const set = forwarded.filter((one) => one !== undefined && others.has(one));
    const quiet = set.filter((one) => one?.registered && one.channels.size === 0);
    const back = set.length > 2 || (set.length > 1 && core.random.chance(0.5));
    const phone = back ? core.random.pick(quiet) : this.idlePhone();
    const target = core.random.pick(this.phones().filter((one) => one !== phone));
    if (phone && target) phones.dial(phone.name, back ? off : `${on}${target.name}`);
  }

  /** All but those somebody works at. */
  private phones(): Endpoint[] {
    const { devices, handsets } = this.engine;
    return [...devices.endpoints.values()].filter(({ kind, name }) => kind === 'phone' && !handsets.isAttended(name));
  }
}
