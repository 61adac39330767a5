import type { CommandResult } from '@/server/protocol/commands';
import { domainKeys } from '@/server/protocol/domains';
import type { Layout } from '@/server/protocol/layout';
import { defaultLayout } from '@/server/protocol/layout-default';
import { type BuiltInRole, builtInRole, rolePermissions } from '@/server/protocol/permissions';
import type { Me } from '@/server/protocol/session';
import type { CommandRequest, HelloAnswer } from '@/server/protocol/socket';
import type { Op, SnapshotLists } from '@/server/protocol/state';
import { takeCallLogFrom } from '../calls/call-log';
import { MockAvailability } from './mock-availability';
import { MockCallCommands } from './mock-call-commands';
import { mockCallLog } from './mock-call-log';
import { seedOwnCalls } from './mock-calls';
import { callRecord, newCall, office, seeded, stranger } from './mock-office';
import type { Wire, WireListeners } from './wire';

/**
 * A pretended server for working on the screens, in development only: `?mock=48`, and `&rate=200` changes a second,
 * `&role=viewer` (or another that is built in), `&demo=1`, `&link=down`, `&server=down`, `&refuse=1` (every command), `&connect=never`.
 * Of several people those whose number ends in 4 are refused. `&calls=demo`: one's own calls in every state, or in those that
 * are named (`ringing,talking,held,consulting,asking,swapped,transferred,returned,parked`; `none`: the phone is free).
 */
export function mockWire(size: number, search: string): Wire {
  takeCallLogFrom(mockCallLog);
  return new MockServer(size === 1 ? 0 : size, new URLSearchParams(search));
}

function roleOf(text: string | null): BuiltInRole {
  return builtInRole.safeParse(text).data ?? 'admin';
}

const layoutKey = 'cordboard-mock-layout';

class MockServer implements Wire {
  readonly #lists: SnapshotLists;
  readonly #random = seeded(99);
  #listeners: WireListeners | null = null;
  #seq = 1;
  #timer: ReturnType<typeof setInterval> | null = null;
  #layoutVersion = 1;
  readonly #availability: MockAvailability;
  readonly #calls: MockCallCommands;

  constructor(
    size: number,
    private readonly options: URLSearchParams,
  ) {
    this.#lists = office(size, options.get('demo') !== null);
    const calls = options.get('calls');
    if (calls !== null) seedOwnCalls(this.#lists, calls);
    this.#calls = new MockCallCommands(this.#lists, (ops) => this.#send(ops));
    this.#availability = new MockAvailability(
      (number) => this.#lists.extensions.find((one) => one.number === number),
      (ops) => setTimeout(() => this.#send(ops), 20),
    );
  }

  listen(listeners: WireListeners): void {
    this.#listeners = listeners;
  }

  open(): void {
    if (this.options.get('connect') === 'never') return;
    setTimeout(() => this.#listeners?.connected(), 30);
    const rate = Number(this.options.get('rate') ?? 2);
    if (rate > 0) this.#timer = setInterval(() => this.#live(rate), rate >= 20 ? 50 : 1_000 / rate);
    if (this.options.get('link') === 'down') setTimeout(() => this.#linkDown(), 400);
    if (this.options.get('server') === 'down') setTimeout(() => this.#listeners?.disconnected(false), 400);
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async request(event: string, body: unknown): Promise<never> {
    await new Promise((resolve) => setTimeout(resolve, 60));
    if (event === 'hello') return this.#hello() as never;
    if (event === 'layout') {
      localStorage.setItem(layoutKey, JSON.stringify((body as { layout: Layout }).layout));
      this.#layoutVersion += 1;
      return { ok: true, version: this.#layoutVersion } as never;
    }
    return this.#command(body as CommandRequest) as never;
  }

  #hello(): HelloAnswer {
    const kept = localStorage.getItem(layoutKey);
    const layout = { ...defaultLayout, ...(kept ? (JSON.parse(kept) as Layout) : {}) };
    const serverTime = Date.now();
    return {
      ok: true,
      me: this.#me(),
      layout: { version: this.#layoutVersion, layout },
      serverTime,
      snapshot: { ...this.#lists, epoch: 'mock', seq: this.#seq, serverTime: new Date(serverTime).toISOString() },
    };
  }

  #me(): Me {
    const role = roleOf(this.options.get('role'));
    const extension = this.#lists.extensions[0]?.number ?? null;
    return {
      id: '1',
      username: 'greta',
      name: 'Greta Lund',
      role,
      roleName: role,
      permissions: [...rolePermissions[role]],
      limits: {},
      extension,
      hasPassword: true,
    };
  }

  #command(request: CommandRequest): CommandResult {
    if (this.options.get('refuse') !== null)
      return { ok: false, error: 'conflict', message: 'The PBX refused: permission denied.' };
    return this.#calls.run(request) ?? this.#availability.run(request);
  }

  #linkDown(): void {
    const fields = { link: 'down', since: new Date().toISOString(), problem: 'connect ECONNREFUSED 192.0.2.10:5038' };
    this.#send([['pbx', 'pbx', fields]]);
    if (this.#timer) clearInterval(this.#timer);
  }

  #send(ops: readonly Op[]): void {
    for (const op of ops) applyToList(this.#lists, op);
    const prev = this.#seq;
    this.#seq += 1;
    this.#listeners?.on.frame({ epoch: 'mock', prev, seq: this.#seq, at: Date.now(), ops });
  }

  #live(rate: number): void {
    const ops: Op[] = [];
    for (let i = 0; i < Math.max(1, Math.round(rate / 20)); i += 1) ops.push(...this.#step());
    this.#send(ops);
  }

  /** One person's call goes on: free → ringing → talking → free. */
  #step(): Op[] {
    const people = this.#lists.extensions;
    // One's own calls are one's own doing.
    const at = Math.floor(this.#random() * people.length);
    const person = people[at === 0 && this.options.get('calls') !== null ? 1 : at];
    if (!person || person.state === 'unavailable' || person.dnd.on || person.calls.length > 1) return [];
    const call = person.calls[0];
    if (!call) {
      const ringing = newCall('ringing', 'in', stranger(this.#random), -9);
      return [
        ['extensions', person.number, { state: 'ringing', calls: [ringing] }],
        ['calls', ringing.callId, { ...callRecord(ringing, person) }],
      ];
    }
    if (call.state === 'ringing') {
      const answeredAt = new Date().toISOString();
      return [
        ['extensions', person.number, { state: 'inUse', calls: [{ ...call, state: 'talking', answeredAt }] }],
        ['calls', call.callId, { state: 'talking', answeredAt }],
      ];
    }
    return [
      ['extensions', person.number, { state: 'idle', calls: [] }],
      ['calls', call.callId, null],
    ];
  }
}

function applyToList(lists: SnapshotLists, [domain, key, fields]: Op): void {
  const rows = lists[domain] as object[];
  const field = domainKeys[domain];
  const index = rows.findIndex((row) => String((row as Record<string, unknown>)[field]) === key);
  if (fields === null) {
    if (index >= 0) rows.splice(index, 1);
  } else if (index >= 0) rows[index] = { ...rows[index], ...fields };
  else rows.push(fields);
}
