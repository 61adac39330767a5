import type { OutsideAmi, PhoneDriver } from '../driver';
import type { Expected } from '../expected';

/** Holds until what is observed fits, or fails with what differs; the test says who observes (panel, Asterisk, demo). */
export type Check = (label: string, expected: Expected) => Promise<void>;

export interface ScenarioContext {
  readonly phones: PhoneDriver;
  readonly outside: OutsideAmi;
  readonly check: Check;
  readonly version: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Needs a PBX process that can be restarted, raw SIP, or a module the demo PBX does not have. */
  readonly realOnly?: boolean;
  /** One source follows another, which is the panel's doing. */
  readonly needsPanel?: boolean;
  /** Runs on this Asterisk alone. */
  readonly onlyVersion?: number;
  /** Has calls that no AMI client can tell from forged ones, so that an observer need not show all channels. */
  readonly forges?: boolean;
  run(context: ScenarioContext): Promise<void>;
}

/** Nothing left of any call. */
export const nothingLeft: Expected = { calls: [], channels: 0, trunkLegs: 0 };

/** Nothing left, and these phones are free again. */
export function free(...extensions: readonly string[]): Expected {
  return {
    ...nothingLeft,
    extensions: Object.fromEntries(extensions.map((ext) => [ext, { state: 'idle' as const, talkingTo: [] }])),
  };
}

/** Two extensions in one answered call, alone on the PBX. */
export function talking(from: string, to: string): Expected {
  return {
    extensions: { [from]: { state: 'inUse', talkingTo: [to] }, [to]: { state: 'inUse', talkingTo: [from] } },
    calls: [{ from, to, state: 'talking' }],
    channels: 2,
  };
}

/** `to` rings for `from`, alone on the PBX. */
export function ringing(from: string, to: string): Expected {
  return {
    extensions: { [from]: { state: 'inUse', talkingTo: [] }, [to]: { state: 'ringing', talkingTo: [] } },
    calls: [{ from, to, state: 'ringing' }],
    channels: 2,
  };
}

/** Connects two phones. */
export async function connect(phones: PhoneDriver, from: string, to: string): Promise<void> {
  await phones.dial(from, to);
  await phones.answer(to, from);
  await phones.connected(from, to);
}
