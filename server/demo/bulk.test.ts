import { describe, expect, it } from 'vitest';
import { BulkTraffic } from './bulk';

describe('traffic for measurements', () => {
  it('is whole blocks in the mix of a busy PBX, the same for the same seed', () => {
    const traffic = new BulkTraffic({ extensions: 300, seed: 4 });
    const bytes = traffic.next(40_000);
    expect(bytes.subarray(-4).toString()).toBe('\r\n\r\n');
    const names = new Map<string, number>();
    for (const [, name = ''] of bytes.toString().matchAll(/^Event: (\w+)\r$/gm)) {
      names.set(name, (names.get(name) ?? 0) + 1);
    }
    expect([...names.values()].reduce((sum, one) => sum + one, 0)).toBe(traffic.events);
    const flood = ['VarSet', 'Newexten', 'RTCPSent', 'RTCPReceived'].reduce(
      (sum, one) => sum + (names.get(one) ?? 0),
      0,
    );
    expect(flood / traffic.events).toBeGreaterThan(0.35);
    expect(flood / traffic.events).toBeLessThan(0.65);
    for (const name of ['Newchannel', 'DialEnd', 'BridgeEnter', 'Hangup', 'QueueCallerJoin', 'AgentConnect', 'Hold']) {
      expect(names.get(name) ?? 0).toBeGreaterThan(20);
    }
    expect(new BulkTraffic({ extensions: 300, seed: 4 }).next(40_000).equals(bytes)).toBe(true);
  });

  it('keeps up its number of calls at ten thousand extensions', () => {
    const traffic = new BulkTraffic({ extensions: 10_000, seed: 4 });
    traffic.next(30_000);
    const before = traffic.engine.channels.byId.size;
    traffic.next(30_000);
    expect(before).toBeGreaterThan(400);
    expect(traffic.engine.channels.byId.size).toBeGreaterThan(400);
    expect(traffic.engine.channels.byId.size).toBeLessThan(1_600);
  });
});
