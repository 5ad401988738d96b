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

/** Writes and deletes `times` pieces, each after the one before is acknowledged. Returns the longest wait in ms. */
async function work(peer: Peer, times: number, from: { seq: number; rev: number }): Promise<number> {
  let longest = 0;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    from.seq++;
    peer.send({ t: 'op', seq: from.seq, rev: from.rev, op: i % 2 === 0 ? [PIECE] : [-PIECE.length] });
    from.rev = await peer.acknowledged(from.seq);
    longest = Math.max(longest, performance.now() - began);
    // At the pace that clients keep.
    await pause(20);
  }
  return longest;
}

it('[P9] a client that reads nothing is closed, the others notice nothing, and it comes back to everything', async () => {
  const { links } = await createRoom(server.url);
  const typist = await join(server.url, links.edit.token);
  const reader = await join(server.url, links.edit.token);
  const slow = await join(server.url, links.edit.token);
  slow.peer.freeze();
  const at = { seq: 0, rev: typist.welcome.rev };
  // 30 MB of entries. The machine's own buffers take some; what is beyond them would have to wait in the server.
  await work(typist.peer, 300, at);
  await reader.peer.reached(at.rev);
  expect(reader.peer.heard.filter(({ t }) => t === 'error')).toEqual([]);

  // Its place is gone within the deadline, which the others are told.
  const left = (): boolean =>
    reader.peer.heard.some((message) => message.t === 'people' && message.leave.includes(slow.welcome.you));
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
  const revs = back.peer.heard.flatMap((message) =>
    message.t === 'ops' ? message.ops.map((_, i) => message.rev + i) : [],
  );
  expect(revs).toEqual(Array.from({ length: at.rev - slow.welcome.rev }, (_, i) => slow.welcome.rev + 1 + i));
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
  const revs = slow.peer.heard.flatMap((message) =>
    message.t === 'ops' ? message.ops.map((_, i) => message.rev + i) : [],
  );
  expect(revs).toEqual(Array.from({ length: at.rev - slow.welcome.rev }, (_, i) => slow.welcome.rev + 1 + i));
  typist.peer.close();
  slow.peer.close();
}, 60_000);
