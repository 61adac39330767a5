import { describe, expect, test } from 'vitest';
import { findMirror } from './install.mjs';

const host = 'mirror.example';

describe('the mirror is read from the machine', () => {
  test('from deb822 files, past security, other vendors and disabled stanzas', () => {
    const vendor = `Types: deb\nURIs: https://vendor.example/apt\nSuites: nodistro\nComponents: main\n`;
    const debian = [
      `Types: deb\nEnabled: no\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main`,
      `Types: deb\n# a note\nURIs: http://${host}/debian-security\nSuites: bookworm-security\nComponents: main`,
      `Types: deb deb-src\nURIs:\n http://${host}/debian\nSuites: bookworm bookworm-updates\nComponents: main contrib`,
    ].join('\n\n');
    expect(
      findMirror([
        { name: '/etc/apt/sources.list.d/a.sources', text: vendor },
        { name: '/etc/apt/sources.list.d/debian.sources', text: debian },
      ]),
    ).toBe(`http://${host}/debian`);
  });

  test('from the classic one-line format, with options and comments', () => {
    const text = `# deb http://old.example/debian jessie main\ndeb [arch=amd64 signed-by=/k.gpg] http://${host}/debian/ bookworm main # here\n`;
    expect(findMirror([{ name: '/etc/apt/sources.list', text }])).toBe(`http://${host}/debian/`);
  });

  test('is undefined when there is none', () => {
    expect(findMirror([{ name: '/etc/apt/sources.list', text: '' }])).toBeUndefined();
  });
});
