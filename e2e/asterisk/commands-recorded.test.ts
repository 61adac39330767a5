import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { steps } from './command-steps';
import { type Trace, trace } from './command-trace';
import { type DemoHouse, startDemoHouse } from './commands-house';

const fixture = path.join(import.meta.dirname, 'fixtures', 'commands-22.json');
const recorded = JSON.parse(readFileSync(fixture, 'utf8')) as readonly Trace[];

/** Each leg's events, each answer and every list of channels on the demo PBX are those recorded on a real Asterisk 22. */
describe('what commands ask of a PBX, on the demo PBX', () => {
  let house: DemoHouse;

  beforeAll(async () => {
    house = await startDemoHouse();
  });

  afterAll(() => house?.stop());

  it.for(steps)('$name', async (step) => {
    const real = recorded.find(({ name }) => name === step.name) ?? expect.fail('is not recorded');
    expect(await trace(house, step)).toEqual(real);
  });
});
