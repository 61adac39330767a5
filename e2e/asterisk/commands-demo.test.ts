import { afterAll, beforeAll, describe, it } from 'vitest';
import { demoPhones } from './commands-demo-phones';
import { handling } from './commands-handling';
import { type DemoHouse, startDemoHouse } from './commands-house';
import { moving } from './commands-moving';
import { Office } from './commands-office';
import { operators } from './commands-operators';
import { rooms } from './commands-rooms';
import { transfers } from './commands-transfers';
import { Panel } from './panel';
import { nothingLeft } from './scenarios/scenario';

/** The cases that run on real Asterisks, on the demo PBX: each command does there what it does on a real one. */
describe('commands on the demo PBX', () => {
  let house: DemoHouse;
  let panel: Panel;

  beforeAll(async () => {
    house = await startDemoHouse();
    panel = await Panel.start({ amiUrl: house.amiUrl });
  });

  afterAll(async () => {
    await panel?.stop();
    await house?.stop();
  });

  const shared = [...moving, ...handling, ...rooms, ...operators, ...transfers];
  const cases = [...shared.filter(({ realOnly }) => realOnly !== true), ...demoPhones(() => house)];

  it.for(cases)('$title', async ({ run }) => {
    const office = new Office(house, panel);
    try {
      await run(office);
    } finally {
      await house.phones.reset();
    }
    await office.check('nothing is left', nothingLeft);
  });
});
