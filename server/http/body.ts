import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import { Problem } from './problem.ts';

export type BodyLimits = Pick<ServerLimits, 'jsonBody' | 'textBody' | 'bodyTimeoutMs' | 'bodies'>;

/** A body that is this many times too long is still read before it is refused. */
const READ_TO_ITS_END = 2;

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

/** Reads REST bodies: each of bounded length and time, and not too many at once. */
export class BodyReader {
  readonly #clock: Clock;
  readonly #limits: BodyLimits;
  #open = 0;

  constructor(clock: Clock, limits: BodyLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A text as people send it: any text type, plain bytes, or what curl says when nobody told it. */
  async text(request: IncomingMessage): Promise<string> {
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
    return decode(await this.#bytes(request, this.#limits.textBody));
  }

  /** A JSON body of the given shape; an empty body counts as `{}`. */
  async json<T>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> {
    const { type } = mediaType(request);
    const isJson = type === 'application/json' || type.endsWith('+json');
    const bytes = await this.#bytes(request, this.#limits.jsonBody);
    if (bytes.length > 0 && !isJson) throw new Problem(415, 'unsupported-type', 'The body has to be application/json.');
    const parsed = shape.safeParse(bytes.length === 0 ? {} : parse(decode(bytes)));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Problem(400, 'bad-field', `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is malformed'}.`);
  }

  /** The whole body, or a `Problem`: 413 as soon as it is known to be too long, 408 when it takes too long, 503 when busy. */
  async #bytes(request: IncomingMessage, most: number): Promise<Buffer> {
    if (this.#open >= this.#limits.bodies) {
      throw new Problem(503, 'busy', 'Too many bodies are arriving. Come back in a moment.', {
        'retry-after': '1',
        connection: 'close',
      });
    }
    this.#open++;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(this.#limits.bodyTimeoutMs, () =>
        reject(new Problem(408, 'body-timeout', 'The body took too long to arrive.', { connection: 'close' })),
      );
    });
    try {
      return await Promise.race([collect(request, most), late]);
    } finally {
      cancel();
      this.#open--;
    }
  }
}

async function collect(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLong = new Problem(413, 'too-large', `The body may have at most ${most} bytes.`, { connection: 'close' });
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > most) {
    // Whoever is cut off while sending may never read why. What is much too long is not worth that.
    if (declared <= most * READ_TO_ITS_END) await discard(request);
    throw tooLong;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding a request is a stream of Buffers.
  const arriving: AsyncIterable<Buffer> = request;
  try {
    for await (const bytes of arriving) {
      length += bytes.length;
      if (length > most) throw tooLong;
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof Problem || !request.destroyed) throw error;
    // Nobody is left to read this answer.
    throw new Problem(400, 'body-cut', 'The connection ended within the body.');
  }
  return Buffer.concat(chunks, length);
}

/** Reads the rest of a body for nothing. */
async function discard(request: IncomingMessage): Promise<void> {
  request.resume();
  // However it ends, the answer is the same.
  await finished(request).catch(() => undefined);
}

/** UTF-8 or `Problem` 400: a byte that means nothing is not guessed at. The byte-order mark stays. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not-utf8', 'The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'bad-json', 'The body is not JSON.');
  }
}
