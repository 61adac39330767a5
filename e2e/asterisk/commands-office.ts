import { expect } from 'vitest';
import { savedAvailability } from '../../server/protocol/availability';
import type { NumberRules } from '../../server/protocol/number-rules';
import type { ExtensionCall } from '../../server/protocol/records';
import type { House } from './commands-house';
import type { Lab } from './lab';
import { type Panel, PanelRefused } from './panel';
import type { Check } from './scenarios/scenario';

export interface Case {
  /** Starts with the name of the command. */
  readonly title: string;
  /** Needs what the demo PBX has not: SIP phones of its own, or the console of Asterisk. */
  readonly realOnly?: boolean;
  run(office: Office): Promise<void>;
}

export type Give = (name: string, params: object) => Promise<{ status: number; body: Record<string, unknown> }>;

/** One panel on a PBX: gives commands over REST, looks at what becomes of them. */
export class Office {
  readonly check: Check;

  constructor(
    readonly house: House,
    readonly panel: Panel,
  ) {
    this.check = house.check(panel);
  }

  get phones() {
    return this.house.phones;
  }

  /** The real Asterisk; a case that asks for it is `realOnly`. */
  get lab(): Lab {
    return this.house.lab ?? expect.fail('this case is for a real Asterisk');
  }

  /** Gives a command that has to be done. */
  async done(name: string, params: object): Promise<Record<string, unknown>> {
    const answer = await this.give(name, params);
    expect(answer, `${name} ${JSON.stringify(params)}: ${JSON.stringify(answer.body)}`).toMatchObject({
      status: 200,
      body: { ok: true },
    });
    return answer.body as Record<string, unknown>;
  }

  /** Gives a command that has to be refused with this status, in words that fit. */
  async refused(name: string, params: object, status: number, words: RegExp): Promise<void> {
    const answer = await this.give(name, params);
    expect(answer, `${name} ${JSON.stringify(params)}`).toMatchObject({
      status,
      body: { ok: false, message: expect.stringMatching(words) },
    });
  }

  /** A test gives commands faster than a person may. */
  private async give(name: string, params: object): Promise<{ status: number; body: unknown }> {
    for (;;) {
      try {
        return await this.panel.request('POST', `/api/v1/commands/${name}`, params);
      } catch (error) {
        if (!(error instanceof PanelRefused)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** Another operator with a phone of their own; what they give is answered with status and words. */
  async operator(username: string, extension: string): Promise<Give> {
    const { panel } = this;
    const password = 'correct horse battery';
    const user = { username, name: username, role: 'supervisor', extension, password };
    expect(await panel.request('POST', '/api/v1/admin/users', user)).toMatchObject({ status: 201 });
    const post = async (path: string, body: object, cookie = '') => {
      const headers = { 'content-type': 'application/json', cookie };
      return fetch(`${panel.url}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const signedIn = await post('login', { username, password });
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
    return async (name, params) => {
      const answer = await post(`commands/${name}`, params, cookie.join('; '));
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
  }

  /** The call of an extension as the panel shows it; waits until there is one in that state. */
  async call(extension: string, state: ExtensionCall['state']): Promise<ExtensionCall> {
    const find = () =>
      this.panel.mirror
        .lists()
        .extensions.find(({ number }) => number === extension)
        ?.calls.find((call) => call.state === state);
    await expect.poll(find, { timeout: 5_000, message: `${extension} ${state}` }).toBeDefined();
    return find() ?? expect.fail('the call went away again');
  }

  /** Uniqueid of an extension's own leg. */
  async leg(extension: string, state: ExtensionCall['state']): Promise<string> {
    return (await this.call(extension, state)).uniqueid;
  }

  /** Waits until the PBX itself says so. */
  async eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
    await expect.poll(holds, { timeout: 5_000, message: what }).toBe(true);
  }

  /** What runs on the legs of a device, as the PBX itself says. */
  applications(device: string): Promise<string[]> {
    return this.house.applications(device);
  }

  /** Sets the number rules for the time of `work`. */
  async withNumbers(change: Partial<NumberRules>, work: () => Promise<void>): Promise<void> {
    const path = '/api/v1/admin/availability';
    const put = async (over: (old: NumberRules) => NumberRules): Promise<NumberRules> => {
      const { version, settings } = savedAvailability.parse((await this.panel.request('GET', path)).body);
      const body = { version, settings: { ...settings, numbers: over(settings.numbers) } };
      expect(await this.panel.request('PUT', path, body)).toMatchObject({ status: 200 });
      return settings.numbers;
    };
    const before = await put((old) => ({ ...old, ...change }));
    try {
      await work();
    } finally {
      await put(() => before);
    }
  }
}
