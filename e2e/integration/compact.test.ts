import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  COMPACT_SUBPROTOCOL,
  decodeCompactOps,
  encodeCompactOp,
  type ServerMessage,
  SUBPROTOCOL,
} from '../../lib/protocol/index.ts';
import { createRoom, eventually, freshToken, join, readText, startServer, type TestServer } from '../harness/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** A socket that has said hello, and what it heard: JSON, and binary frames with their bytes. */
async function open(token: string, offered: readonly string[]) {
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/ws`, [...offered], { perMessageDeflate: false });
  const said: { t: string; code?: string }[] = [];
  const binary: { bytes: number; message: ServerMessage }[] = [];
  const closed = once(socket, 'close') as Promise<[code: number]>;
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) binary.push({ bytes: data.length, message: decodeCompactOps(data) });
    else said.push(JSON.parse(data.toString('utf8')) as { t: string; code?: string });
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ t: 'hello', v: 1, token, client: freshToken() }));
  await eventually('a welcome', () => said.some(({ t }) => t === 'welcome'));
  return { socket, said, binary, closed };
}

it('[P4] speaks the compact form with whoever offers it, and JSON with others in the same room', async () => {
  const { links } = await createRoom(server.url, { text: 'hello' });
  const { token } = links.edit;
  const compact = await open(token, [SUBPROTOCOL, COMPACT_SUBPROTOCOL]);
  expect(compact.socket.protocol).toBe(COMPACT_SUBPROTOCOL);
  const { peer: plain } = await join(server.url, token);

  const edit = encodeCompactOp({ t: 'op', seq: 1, rev: 1, op: [5, ' \u{1f642}'] });
  compact.socket.send(edit);
  const first = await plain.next('ops');
  expect(first).toMatchObject({ rev: 2, ops: [[expect.any(Number), 1, [5, ' \u{1f642}']]] });
  await plain.submit({ t: 'op', seq: 1, rev: 2, op: ['H', -1] });
  // What is said in JSON is an edit too.
  compact.socket.send(JSON.stringify({ t: 'op', seq: 2, rev: 3, op: [8, '!'] }));
  await plain.reached(4);

  await eventually('all entries', () => compact.binary.length === 3);
  expect(compact.binary[0]?.message).toEqual(first);
  expect(compact.binary[0]?.bytes).toBeLessThan(20);
  expect(edit.length).toBeLessThan(20);
  expect(compact.said.filter(({ t }) => t === 'ops')).toEqual([]);
  // Settled before: acknowledged in JSON, and not told again.
  compact.socket.send(edit);
  await eventually('an acknowledgement', () => compact.said.some(({ t }) => t === 'ack'));
  expect((await readText(server.url, token)).text).toBe('Hello \u{1f642}!');
  compact.socket.close();
  plain.close();
});

it.each([
  ['no CBOR', Buffer.from('{"t":"op"}'), 'bad-cbor'],
  ['an edit that does not fit', Buffer.from(encodeCompactOp({ t: 'op', seq: 1, rev: 1, op: [9, 'x'] })), 'bad-op'],
])('[P7] closes on %s in binary, by name', async (_, bytes, word) => {
  const { links } = await createRoom(server.url, { text: 'hello' });
  const compact = await open(links.edit.token, [COMPACT_SUBPROTOCOL]);
  compact.socket.send(bytes);
  expect((await compact.closed)[0]).toBe(4400);
  expect(compact.said.at(-1)).toMatchObject({ t: 'error', code: word });
  expect((await readText(server.url, links.edit.token)).text).toBe('hello');
});

it('[P10] lets nobody write in binary who may only read', async () => {
  const { links } = await createRoom(server.url, { text: 'hello' });
  const compact = await open(links.view.token, [COMPACT_SUBPROTOCOL]);
  compact.socket.send(encodeCompactOp({ t: 'op', seq: 1, rev: 1, op: ['x'] }));
  expect((await compact.closed)[0]).toBe(4403);
  expect((await readText(server.url, links.view.token)).text).toBe('hello');
});
