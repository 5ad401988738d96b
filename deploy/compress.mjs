import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What gets smaller; fonts and pictures are compressed by what they are. */
const TEXTS = new Set(['.css', '.js', '.json', '.svg', '.txt']);
/** Smaller files fit into one packet anyway, in bytes. */
const LEAST = 1_000;

/**
 * Writes `NAME.br` and `NAME.gz` beside every text below `folder`, at the best quality there is: that takes a second for
 * half a megabyte, so it is done once and not for each visitor. server/http/static-files.ts sends them.
 */
export async function compressFiles(/** @type {string} */ folder) {
  const waiting = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => TEXTS.has(extname(path)))
    .map((path) => join(folder, path));
  const work = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await compressFile(path);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

async function compressFile(/** @type {string} */ path) {
  const content = await readFile(path);
  if (content.length < LEAST) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await Promise.all([
    promisify(brotliCompress)(content, { params }).then((small) => writeFile(`${path}.br`, small)),
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }).then((small) => writeFile(`${path}.gz`, small)),
  ]);
}
