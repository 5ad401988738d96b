import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { Problem } from './problem.ts';

/** How a body says what it is: lower case, without parameters, and its charset if it names one. */
interface MediaType {
  type: string;
  charset: string | null;
}

function mediaType(request: IncomingMessage): MediaType {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  return { type: type.trim(), charset: charset?.slice('charset='.length).replaceAll('"', '') ?? null };
}

/** The whole body, or `Problem` 413 as soon as it is known to be longer than `most` bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLong = new Problem(413, 'too-large', `The body may have at most ${most} bytes.`, { connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding a request is a stream of Buffers.
  const arriving: AsyncIterable<Buffer> = request;
  for await (const bytes of arriving) {
    length += bytes.length;
    if (length > most) throw tooLong;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}

/** UTF-8 or `Problem` 400: a byte that means nothing is not guessed at. The byte-order mark stays. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not-utf8', 'The body is not UTF-8.');
  }
}

/** A text as people send it: any text type, plain bytes, or what curl says when nobody told it. */
export async function readText(request: IncomingMessage, most: number): Promise<string> {
  const { type, charset } = mediaType(request);
  const isText =
    type === '' ||
    type.startsWith('text/') ||
    type === 'application/octet-stream' ||
    type === 'application/x-www-form-urlencoded';
  if (!isText) throw new Problem(415, 'unsupported-type', `A text was expected, not ${type}.`);
  if (charset !== null && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    throw new Problem(415, 'unsupported-type', `Texts are taken in UTF-8, not in ${charset}.`);
  }
  return decode(await readBytes(request, most));
}

/** A JSON body of the given shape; an empty body counts as `{}`. */
export async function readJson<T>(request: IncomingMessage, most: number, shape: z.ZodType<T>): Promise<T> {
  const { type } = mediaType(request);
  const isJson = type === 'application/json' || type.endsWith('+json');
  const bytes = await readBytes(request, most);
  if (bytes.length > 0 && !isJson) throw new Problem(415, 'unsupported-type', 'The body has to be application/json.');
  const parsed = shape.safeParse(bytes.length === 0 ? {} : parse(decode(bytes)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(400, 'bad-field', `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is malformed'}.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'bad-json', 'The body is not JSON.');
  }
}
