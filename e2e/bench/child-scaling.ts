import { AmiParser } from '../../server/ami/parser';
import { Feed } from '../../server/feed/feed';
import { wantedEvents } from '../../server/feed/translate';
import { PbxModel } from '../../server/pbx/model';
import { bulkStream } from './streams';

/** Cost of an event for a PBX of a given size, in a process of its own: the same traffic, more phones around it. */
const extensions = Number(process.argv[2]);
const stream = bulkStream(extensions, 40_000, 40_000, 40);
const model = new PbxModel();
const at = Date.now();
const people = [...stream.engine.devices.endpoints.values()].filter((endpoint) => endpoint.kind === 'phone');
model.reduce({
  type: 'list.extensions',
  at,
  repair: false,
  extensions: people.map(({ name }) => ({
    number: name,
    devices: [`PJSIP/${name}`],
    name: { text: `Person ${name}`, rank: 'callerid' },
    mailbox: `${name}@default`,
  })),
});
model.reduce({
  type: 'list.devices',
  at,
  repair: false,
  devices: people.map(({ name }) => ({ device: `PJSIP/${name}`, state: 'NOT_INUSE' })),
});
const clock = { now: Date.now, setTimeout: () => 0, clearTimeout: () => {} };
const nobody = async (): Promise<never> => Promise.reject(new Error('no PBX to ask'));
const feed = new Feed({
  ami: {
    status: { state: 'ready', since: 0, failure: null, amiVersion: null },
    action: nobody,
    list: () => ({ [Symbol.asyncIterator]: () => ({ next: nobody }) }),
  },
  emit: (event) => void model.reduce(event),
  clock,
  log: { info: () => {}, warn: () => {} },
});
const parser = new AmiParser({ wants: wantedEvents, message: (message) => feed.handleEvent(message, at) });

function feedIn(bytes: Buffer): void {
  for (let from = 0; from < bytes.length; from += 65_536)
    parser.write(Buffer.from(bytes.subarray(from, from + 65_536)));
}
feedIn(stream.warmUp);
const before = process.cpuUsage();
feedIn(stream.measured);
const used = process.cpuUsage(before);
process.send?.({ microseconds: (used.user + used.system) / stream.events, extensions: model.maps.extensions.size });
