// Writes a .br beside every built file that compresses. Pages are left out: the service writes a nonce
// into each response of theirs.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const assets = new URL('../dist/assets/', import.meta.url).pathname;
for (const name of await readdir(assets)) {
  if (!/\.(js|css|svg|json)$/.test(name)) continue;
  const bytes = await readFile(join(assets, name));
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  await writeFile(join(assets, `${name}.br`), brotliCompressSync(bytes, options));
}
