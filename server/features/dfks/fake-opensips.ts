import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a phone is shown; null: the module leaves the feature out of its NOTIFY. */
export type Shown = { readonly status: number; readonly forwardTo?: string; readonly ringCount?: number } | null;

interface MiRequest {
  readonly id: number;
  readonly method: string;
  readonly params: {
    readonly presentity: string;
    readonly feature: string;
    readonly status: number;
    readonly route_param?: string;
    readonly values?: readonly string[];
  };
}

export const features: readonly string[] = [
  'DoNotDisturb',
  'CallForwardingAlways',
  'CallForwardingBusy',
  'CallForwardingNoAnswer',
];

/** OpenSIPS 4.0 with presence_dfks and the routes of docs/opensips.md, as it was seen on the wire. */
export class OpenSips {
  readonly notified: { feature: string; shown: Shown }[] = [];
  readonly asked: MiRequest[] = [];
  private readonly server: Server;
  private readonly notifies: Promise<void>[] = [];

  constructor(
    private readonly panelUrl: string,
    private readonly authorization: string,
  ) {
    this.server = createServer(async (request, response) => {
      const call: MiRequest = JSON.parse(await text(request));
      this.asked.push(call);
      const known = features.includes(call.params.feature);
      const answer = known ? { result: 'OK' } : { error: { code: 400, message: 'Unknown feature' } };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', ...answer, id: call.id }));
      // A worker runs route[dfks_set] after the MI has answered.
      if (known) this.notifies.push(this.pushed(call));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/mi`;
  }

  /** A phone subscribes without a body. */
  async subscribe(user: string): Promise<Record<string, Shown>> {
    const shown: Record<string, Shown> = {};
    for (const feature of features) shown[feature] = this.shownBy(await this.request('GET', user, feature));
    return shown;
  }

  /** A key of a phone: SUBSCRIBE with a body. Numbers out of XML are text. */
  async press(user: string, feature: string, change: object): Promise<{ status: number; shown: Shown }> {
    const answer = await this.request('POST', user, feature, JSON.stringify(change));
    return { status: answer.status, shown: this.shownBy(answer) };
  }

  async request(method: string, user: string, feature: string, body?: string, authorization = this.authorization) {
    const answer = await fetch(`${this.panelUrl}/api/dfks/${user}/${feature}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, json: await answer.json() };
  }

  async allNotified(): Promise<void> {
    await Promise.all(this.notifies.splice(0));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async pushed({
    params: { presentity, feature, status, route_param, values = [] },
  }: MiRequest): Promise<void> {
    const user = /^sip:([^@]+)@/.exec(presentity)?.[1] ?? '';
    const extra = Object.fromEntries(values.map((value) => value.split(/\/(.*)/s).slice(0, 2)));
    const answer = await this.press(user, feature, { status, ...extra, ...(route_param && { param: route_param }) });
    this.notified.push({ feature, shown: answer.shown });
  }

  /** route[dfks_show] */
  private shownBy({ status, json }: { status: number; json: Record<string, unknown> }): Shown {
    if (![200, 400, 403].includes(status) || json.assigned !== 1) return null;
    const { status: on, forwardTo, ringCount } = json as unknown as NonNullable<Shown>;
    return { status: on, ...(forwardTo !== undefined && { forwardTo }), ...(ringCount !== undefined && { ringCount }) };
  }
}
