import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { decodePresence, encodePresence } from '../pbx/held';
import { type FeatureKey, presenceState } from '../protocol/records';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from './backend';
import { attempt, connected } from './pbx-answers';
import { type FeatureValues, withPresence } from './values';

const slots = ['presence'] as const;
const features: readonly FeatureKey[] = ['presence'];

/** It becomes part of a dialplan function: no bracket, comma or quote may end it. */
const presentityName = /^CustomPresence:[\w.@+-]{1,80}$/;

export interface CustomPresenceOptions {
  readonly ami: () => AmiPort | null;
}

/**
 * Presence as Asterisk keeps it for phones (Digium, Sangoma with DPMA) and hints such as `PJSIP/101,CustomPresence:101`:
 * function PRESENCE_STATE of func_presencestate. Subtype and message go in base64 (`e`): without it a comma is refused, and
 * a line break would forge a line of AMI when it is read.
 */
export class CustomPresenceFeatures implements FeatureBackend {
  readonly id = 'presence';
  readonly source = 'presence';
  readonly label = 'phone presence';
  readonly link = 'ami';

  constructor(private readonly options: CustomPresenceOptions) {}

  slots({ presentity }: Person): readonly string[] {
    return presentity !== null && presentityName.test(presentity) ? slots : [];
  }

  features(): readonly FeatureKey[] {
    return features;
  }

  view(_slot: string, { presence }: FeatureValues): string {
    return encodePresence(presence);
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    // A message that is too long for Asterisk stays whole in the panel.
    return held === this.view(slot, values) ? values : withPresence(values, decodePresence(held));
  }

  write({ person, held }: WriteRequest): Promise<WriteOutcome> {
    return attempt(this.options.ami(), async (ami) => {
      await ami.action('Setvar', { Variable: `PRESENCE_STATE(${person.presentity})`, Value: written(held) });
      return null;
    });
  }

  async read({ presentity }: Person): Promise<string | null> {
    const ami = connected(this.options.ami());
    const ask = async (part: string): Promise<string> => {
      const answer = await ami.action('Getvar', { Variable: `PRESENCE_STATE(${presentity},${part})` });
      return answer.get('Value')?.trim() ?? '';
    };
    try {
      const state = presenceState.safeParse(await ask('value'));
      const subtype = fromBase64(await ask('subtype,e'));
      const message = fromBase64(await ask('message,e'));
      return state.success ? encodePresence({ state: state.data, subtype, message }) : null;
    } catch (error) {
      if (error instanceof AmiRefusedError) return null;
      throw error;
    }
  }

  problem(): string | null {
    return null;
  }
}

/** `away,bHVuY2g=,YmFjayBhdCB0d28=,e`; the state alone where there are no words. */
function written(held: string): string {
  const { state, subtype, message } = decodePresence(held);
  return subtype === '' && message === '' ? state : `${state},${toBase64(subtype)},${toBase64(message)},e`;
}

function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
