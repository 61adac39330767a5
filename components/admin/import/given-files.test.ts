import { expect, it } from 'vitest';
import { base64, sizeText, takeFiles } from './given-files';

it('bytes of any length are the Base64 that Node makes of them', () => {
  for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) % 256);
    expect(base64(bytes.buffer)).toBe(Buffer.from(bytes).toString('base64'));
  }
});

it('a file of the same name takes the place of the former one', async () => {
  const before = [
    { name: 'fop2.cfg', size: 3, content: 'b2xk' },
    { name: 'buttons.cfg', size: 1, content: 'YQ==' },
  ];
  const taken = await takeFiles(before, [new File(['new'], 'fop2.cfg')]);
  expect(taken).toEqual([before[1], { name: 'fop2.cfg', size: 3, content: 'bmV3' }]);
});

it('too many, too large and unreadable files are told in words', async () => {
  const many = Array.from({ length: 51 }, (_, at) => new File(['x'], `f${at}`));
  expect(await takeFiles([], many)).toMatch(/at most 50 files/);
  expect(await takeFiles([{ name: 'a', size: 16 * 1024 * 1024, content: '' }], [new File(['x'], 'b')])).toMatch(
    /16 MB/,
  );
  const gone = { name: 'gone', size: 1, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) };
  expect(await takeFiles([], [gone as unknown as File])).toMatch(/could not be read/);
});

it('sizes are told in what they are', () => {
  expect([999, 2048, 3 * 1024 * 1024].map(sizeText)).toEqual(['999 B', '2 KB', '3.0 MB']);
});
