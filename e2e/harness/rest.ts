import { TextDecoder } from 'node:util';

/** What `POST /api/rooms` answers. */
export interface CreatedRoom {
  title: string;
  links: Record<'owner' | 'edit' | 'view', { token: string; url: string }>;
}

/** An answer with its body in every form a test may ask for. */
export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** The body as UTF-8; throws if it is not. */
  text(): string;
  json<T>(): T;
}

/** `application/problem+json` as we send it. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
}

/** One request, answered whatever its status. `path` begins with `/`. */
export async function request(
  url: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    text: () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    json: <T>() => JSON.parse(bytes.toString('utf8')) as T,
  };
}

/** Makes a room over REST; it exists at once. Throws if that was refused. */
export async function createRoom(
  url: string,
  room: { text?: string; title?: string; language?: string; name?: string } = {},
): Promise<CreatedRoom> {
  const answer = await postJson(url, '/api/rooms', room);
  if (answer.status !== 201) throw new Error(`POST /api/rooms answered ${answer.status}: ${answer.text()}`);
  return answer.json<CreatedRoom>();
}

export function postJson(url: string, path: string, value: unknown): Promise<Answer> {
  return request(url, 'POST', path, { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
}

/** The server's text, and the revision it is at. Throws if there is none. */
export async function readText(url: string, token: string): Promise<{ text: string; rev: number }> {
  const answer = await request(url, 'GET', `/api/rooms/${token}/text`);
  if (answer.status !== 200) throw new Error(`GET …/text answered ${answer.status}: ${answer.text()}`);
  return { text: answer.text(), rev: Number(answer.headers.get('tandem-revision')) };
}
