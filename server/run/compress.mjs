import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(html|js|css|svg|txt|json|webmanifest)$/;
const smallest = 1024;

/** Writes a .br and a .gz beside every text file of the export, so that no request has to compress. */
export async function compress(directory) {
  const names = await readdir(directory, { recursive: true });
  for (const name of names.filter((each) => compressible.test(each))) {
    const file = path.join(directory, name);
    const bytes = await readFile(file);
    if (bytes.length < smallest) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}
