import { createRequire } from 'node:module';
import { createConnection } from 'node:net';
import path from 'node:path';

/** One npm client (or the floor: only counting block ends) in a process of its own; it parses every event, no more. */
const [client, folder, port, username, secret] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const host = '127.0.0.1';
let startedAt = 0;
let cpu = process.cpuUsage();
let events = 0;
const ready = () => process.send({ ready: true });
function seen(name) {
  events += 1;
  if (name !== 'BenchMark') return;
  const used = process.cpuUsage(cpu);
  process.send({ cpuMs: (used.user + used.system) / 1_000, wallMs: performance.now() - startedAt, events });
  events = 0;
}
process.on('message', () => {
  startedAt = performance.now();
  cpu = process.cpuUsage();
  process.send({ go: true });
});

const clients = {
  async 'ami-ts'() {
    const { AMI } = require('ami-ts');
    const ami = new AMI({ host, port: Number(port), username, password: secret });
    ami.on('*', (event) => seen(event.Event));
    await ami.connect();
    ready();
  },
  '@2people.it/asterisk-ami-adapter'() {
    const { AsteriskAmiAdapter } = require('@2people.it/asterisk-ami-adapter');
    const ami = new AsteriskAmiAdapter({
      encoding: 'utf8',
      events: true,
      host,
      port: Number(port),
      username,
      password: secret,
    });
    ami.on('ami_data', (event) => seen(event.Event));
    ami.on('ami_login', ready);
    ami.connect();
  },
  'asterisk-manager'() {
    const ami = new (require('asterisk-manager'))(Number(port), host, username, secret, true);
    ami.on('managerevent', (event) => seen(event.event));
    ami.once('response', ready);
  },
  nami() {
    const { Nami } = require('nami/src/nami.js');
    const none = () => {};
    const ami = new Nami({
      host,
      port,
      username,
      secret,
      logger: { error: none, warn: none, info: none, debug: none },
    });
    ami.on('namiEvent', (event) => seen(event.event));
    ami.on('namiConnected', ready);
    ami.open();
  },
  floor() {
    const end = Buffer.from('\r\n\r\n');
    const last = Buffer.from('Event: BenchMark');
    const socket = createConnection(Number(port), host);
    socket.write(`Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\n\r\n`);
    setTimeout(ready, 300);
    let tail = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      let at = chunk.indexOf(end);
      while (at >= 0) {
        events += 1;
        at = chunk.indexOf(end, at + 4);
      }
      tail = Buffer.concat([tail, chunk.subarray(-100)]).subarray(-100);
      if (tail.includes(last)) {
        tail = Buffer.alloc(0);
        seen('BenchMark');
      }
    });
  },
};
await clients[client]();
