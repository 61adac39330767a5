import { describe, expect, it } from 'vitest';
import { createLogger } from './log';

describe('the log', () => {
  it('never shows a secret, wherever it turns up', () => {
    const lines: string[] = [];
    const secrets = ['hunter"2', undefined, 'ab'];
    const log = createLogger({ level: 'info', secrets, destination: { write: (line) => lines.push(line) } });
    log.info({ password: 'pw-one', nested: { secret: 'pw-two', cookie: 'pw-three' } }, 'about hunter"2');
    log.error(new Error('cannot reach ami://panel:pw-four@pbx:5038'));
    log.info({ ab: 'cab' }, 'short words stay');
    expect(lines.join('')).not.toMatch(/hunter|pw-/);
    expect(lines.join('')).toContain('ami://panel:[hidden]@pbx:5038');
    expect(lines[2]).toContain('"ab":"cab"');
  });
});
