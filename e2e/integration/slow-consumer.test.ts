import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRoom, join, pause, type Peer, readText, startServer, type TestServer } from '../harness/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'info' } });
});
afterAll(async () => {
  await server.stop();
});

/** Written and taken out again, so that the document stays small while the room has much to tell. */
const PIECE = 'x'.repeat(100_000);

/** Writes and deletes `times` pieces, each after the one before is acknowledged, and calls `each` after every one of them. */
async function work(
  peer: Peer,
  times: number,
  from: { seq: number; rev: number },
  each: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (let i = 0; i < times; i++) {
    from.seq++;
    peer.send({ t: 'op', seq: from.seq, rev: from.rev, op: i % 2 === 0 ? [PIECE] : [-PIECE.length] });
    from.rev = await peer.acknowledged(from.seq);
    await each();
    // At the pace that clients keep.
    await pause(20);
  }
}

/** The revisions that it was told, as they came. */
function revisions(peer: Peer): number[] {
  return peer.heard.flatMap((message) => (message.t === 'ops' ? message.ops.map((_, i) => message.rev + i) : []));
}

function upTo(rev: number, from: number): number[] {
  return Array.from({ length: rev - from }, (_, i) => from + 1 + i);
}

it('[P9] a client that reads nothing is closed, the others notice nothing, and it comes back to everything', async () => {
  const { links } = await createRoom(server.url);
  const typist = await join(server.url, links.edit.token);
  const reader = await join(server.url, links.edit.token);
  const slow = await join(server.url, links.edit.token);
  slow.peer.freeze();
  const at = { seq: 0, rev: typist.welcome.rev };
  const left = (): boolean =>
    reader.peer.heard.some((message) => message.t === 'people' && message.leave.includes(slow.welcome.you));
  // What is acknowledged has gone to everybody who reads, in the very turn: an answer that the server gives one of them
  // afterwards comes behind it, however much somebody else leaves unread.
  let asked = 0;
  let toldBeside = 0;
  const tellsReader = async (): Promise<void> => {
    // Few enough for what a socket may ask.
    if (at.seq % 5 !== 0) return;
    asked++;
    reader.peer.send({ t: 'ping', at: asked });
    expect((await reader.peer.next('pong')).at).toBe(asked);
    expect(revisions(reader.peer).at(-1)).toBe(at.rev);
    if (!left()) toldBeside++;
  };
  // 30 MB of entries. The machine's own buffers take some; what is beyond them would have to wait in the server.
  await work(typist.peer, 300, at, tellsReader);
  // The first half at least is told beside one that reads nothing: it is closed 10 s after its buffers are full.
  expect(toldBeside).toBeGreaterThan(30);
  expect(revisions(reader.peer)).toEqual(upTo(at.rev, reader.welcome.rev));
  expect(reader.peer.heard.filter(({ t }) => t === 'error')).toEqual([]);

  // Its place is gone within the deadline, which the others are told.
  const deadline = performance.now() + 25_000;
  while (!left() && performance.now() < deadline) await work(typist.peer, 2, at);
  expect(left()).toBe(true);
  slow.peer.cut();

  const back = await join(server.url, links.edit.token, {
    client: slow.client,
    rev: slow.welcome.rev,
    epoch: slow.welcome.epoch,
  });
  expect(back.welcome.text).toBeUndefined();
  await back.peer.reached(at.rev);
  expect(revisions(back.peer)).toEqual(upTo(at.rev, slow.welcome.rev));
  expect((await readText(server.url, links.edit.token)).rev).toBe(at.rev);
}, 60_000);

it('[P9] a client that pauses for a moment gets everything once and in order, on the same socket', async () => {
  const { links } = await createRoom(server.url);
  const typist = await join(server.url, links.edit.token);
  const slow = await join(server.url, links.edit.token);
  const at = { seq: 0, rev: typist.welcome.rev };
  slow.peer.freeze();
  await work(typist.peer, 150, at);
  slow.peer.thaw();
  await slow.peer.reached(at.rev);
  await work(typist.peer, 3, at);
  await slow.peer.reached(at.rev);
  expect(revisions(slow.peer)).toEqual(upTo(at.rev, slow.welcome.rev));
  typist.peer.close();
  slow.peer.close();
}, 60_000);
