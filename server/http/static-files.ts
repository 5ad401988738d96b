import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { acceptedEncoding, ENCODINGS, type Encoding } from './accepted-encoding.ts';

/** What a build is made of; whatever else lies there is left to the framework. */
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const ENDINGS: Record<Encoding, string> = { br: '.br', gzip: '.gz' };

/** A name has its content's hash in it, so nothing goes stale under it. A year, in seconds: the longest that HTTP ever advised (RFC 2616, 14.21). */
const FOR_EVER = 'public, max-age=31536000, immutable';

interface StaticFile {
  path: string;
  type: string;
  encodings: ReadonlySet<Encoding>;
}

interface Body {
  bytes: Buffer;
  etag: string;
}

/**
 * The files that pages are made of, sent as deploy/compress.mjs packed them. Which there are is asked once, when the server
 * starts; what was sent stays in memory, which is the size of one build at the most (9 MB).
 */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, StaticFile>;
  readonly #bodies = new Map<string, Promise<Body>>();

  /** `prefix`: the address of `folder`, ending with a slash. */
  constructor(folder: string, prefix: string) {
    this.#files = filesBelow(folder, prefix);
  }

  /**
   * Answers if the request is for one of them. False: it is not, or by a method that is not for files, or the file is gone
   * since the start; nothing was answered then. A range is answered with the whole, as everybody may
   * (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
   */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const [path = ''] = (request.url ?? '').split('?', 1);
    const file = this.#files.get(path);
    if (file === undefined) return false;
    const encoding = acceptedEncoding(request.headers['accept-encoding'], file.encodings);
    const body = await this.#body(encoding === null ? file.path : file.path + ENDINGS[encoding]);
    if (body === null) return false;
    response.setHeader('cache-control', FOR_EVER);
    response.setHeader('etag', body.etag);
    if (file.encodings.size > 0) response.setHeader('vary', 'accept-encoding');
    if (knows(request.headers['if-none-match'], body.etag)) {
      response.writeHead(304).end();
      return true;
    }
    if (encoding !== null) response.setHeader('content-encoding', encoding);
    response.writeHead(200, { 'content-type': file.type, 'content-length': body.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : body.bytes);
    return true;
  }

  #body(path: string): Promise<Body | null> {
    const known = this.#bodies.get(path) ?? read(path);
    this.#bodies.set(path, known);
    return known.catch(() => {
      // A build over this one took it away. Whoever comes after asks the disk again.
      this.#bodies.delete(path);
      return null;
    });
  }
}

async function read(path: string): Promise<Body> {
  const bytes = await readFile(path);
  // Of the packed bytes, so each encoding has its own, as it must.
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

function filesBelow(folder: string, prefix: string): Map<string, StaticFile> {
  const names = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const encodings = new Set(ENCODINGS.filter((one) => names.has(name + ENDINGS[one])));
    const address = prefix + name.split(sep).map(encodeURIComponent).join('/');
    files.set(address, { path: join(folder, name), type, encodings });
  }
  return files;
}

/** Has the caller these bytes already? Weak or strong makes no difference to this question. */
function knows(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
