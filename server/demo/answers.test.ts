import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, askAll } from '../../e2e/asterisk/ask';
import { RawAmi } from '../../e2e/asterisk/raw-ami';
import { AmiServer } from './ami-server';
import { VirtualClock } from './clock';
import { Engine } from './engine';
import { installOffice } from './office';
import { SeededRandom } from './random';
import { scenarioOffice } from './scenario-office';

const file = new URL('./fixtures/availability-22.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Answer[];

/** What the demo answers to all that availability asks is what e2e/asterisk/record-availability.ts heard of Asterisk 22. */
describe('the demo beside a recorded Asterisk 22', () => {
  let server: AmiServer;
  let answers: readonly Answer[];

  beforeAll(async () => {
    const engine = new Engine(new VirtualClock(), new SeededRandom(1));
    installOffice(engine, {
      ...scenarioOffice,
      people: scenarioOffice.people.map((one) => ({ ...one, online: false })),
    });
    const full = { username: 'full', secret: 'all of it' };
    const least = { username: 'least', secret: 'less', write: ['reporting', 'call'] };
    server = await AmiServer.start({ engine, ...full, others: [least] });
    const [ami, min] = await Promise.all([full, least].map((one) => RawAmi.connect({ port: server.port, ...one })));
    if (!ami || !min) throw new Error('no connection');
    answers = await askAll(ami, min, () => ami.action('Ping'));
    ami.close();
    min.close();
  });

  afterAll(() => server.close());

  it.for(recorded.map((answer, place) => [place, answer.action, answer] as const))('%i: %s', ([place, , answer]) => {
    expect(answers[place]).toEqual(safe(answer));
  });
});

/** Line ends in a value could forge headers: Asterisk lets them out, the demo never does. */
function safe(answer: Answer): Answer {
  const line = ([name, value]: readonly [string, string]) => [name, value.replaceAll('\n', ' ')] as const;
  return { ...answer, response: answer.response.map(line), events: answer.events.map((event) => event.map(line)) };
}
