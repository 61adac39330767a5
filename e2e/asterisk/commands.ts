import { describe, it } from 'vitest';
import { handling } from './commands-handling';
import { labHouse } from './commands-house';
import { moving } from './commands-moving';
import { Office } from './commands-office';
import { operators } from './commands-operators';
import { phones } from './commands-phones';
import { rooms } from './commands-rooms';
import { transfers } from './commands-transfers';
import type { AsteriskVersion } from './instance';
import { Panel } from './panel';
import { nothingLeft } from './scenarios/scenario';
import { useLab, useOnce } from './suite';

/** Every command on one Asterisk with real phones, in the states in which it may be used. */
export function commands(version: AsteriskVersion): void {
  describe(`commands on Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<Panel>();

    it.for([...moving, ...handling, ...rooms, ...operators, ...phones(version), ...transfers])(
      '$title',
      async ({ run }, context) => {
        const lab = labOf(context);
        const office = new Office(labHouse(lab), await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
        await run(office);
        await lab.phones.reset();
        await office.check('nothing is left', nothingLeft);
      },
    );
  });
}
