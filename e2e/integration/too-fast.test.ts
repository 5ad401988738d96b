import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createRoom,
  eventually,
  freshName,
  freshToken,
  join,
  pause,
  postJson,
  readText,
  startServer,
  type TestServer,
} from '../harness/index.ts';
import { openRobot } from '../harness/robot.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

describe('[P9] too fast', () => {
  it('is told to wait, and the same edit is taken when it comes again', async () => {
    const { links } = await createRoom(server.url);
    const { peer, welcome } = await join(server.url, links.edit.token);
    const first = { t: 'op', seq: 1, rev: 0, op: ['x'] } as const;
    peer.send(first);
    await peer.acknowledged(1);
    // The same again and again, which costs no disk: faster than anybody may on any machine.
    const { opsPerSecond } = welcome.limits;
    const errors = () => peer.heard.flatMap((message) => (message.t === 'error' ? [message] : []));
    for (let sent = 1; errors().length === 0 && sent < 10 * opsPerSecond; sent += 20) {
      for (let i = 0; i < 20; i++) peer.send(first);
      peer.send({ t: 'ping', at: sent });
      await peer.next('pong');
    }
    const [refusal] = errors();
    expect(refusal).toMatchObject({ code: 'too-fast', seq: 1 });
    // Answers may be on their way still: a busy server gives them in turns.
    const answered = () => peer.heard.filter(({ t }) => t === 'ack').length;
    await eventually('the others to be answered', () => answered() >= opsPerSecond - 1);
    await pause(refusal?.retryMs ?? 0);
    peer.send({ t: 'op', seq: 2, rev: 1, op: ['y'] });
    expect(await peer.acknowledged(2)).toBe(2);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'yx', rev: 2 });
    peer.close();
  });

  it('[P7] is closed with 4429 when it does not stop, and nobody else notices', async () => {
    const { links } = await createRoom(server.url);
    const innocent = await join(server.url, links.edit.token);
    const { peer } = await join(server.url, links.edit.token);
    for (let at = 0; at < 500; at++) peer.send({ t: 'ping', at });
    expect((await peer.closed).code).toBe(4429);
    innocent.peer.send({ t: 'op', seq: 1, rev: 0, op: ['still here'] });
    expect(await innocent.peer.acknowledged(1)).toBe(1);
    innocent.peer.close();
  });

  it('is no paste of a megabyte, and no key that is held down', async () => {
    const token = freshName();
    const robot = openRobot({ url: server.url, token });
    await robot.settled();
    const page = 'The quick brown fox 狐 jumps.\n'.repeat(36_000);
    robot.edit([page]);
    await robot.settled();
    for (let i = 0; i < 90; i++) {
      robot.edit(['a']);
      await pause(33);
    }
    await robot.settled();
    expect(robot.notices).toEqual([]);
    expect((await readText(server.url, token)).text === 'a'.repeat(90) + page).toBe(true);
    robot.close();
  });

  it('is 429 over REST, and others have their own measure', async () => {
    // Behind a trusted proxy every caller has an address of their own.
    const proxied = await startServer({ env: { TRUST_PROXY: '1' } });
    try {
      const from = (address: string): Promise<Response> =>
        fetch(`${proxied.url}/api/rooms/${freshToken()}/ops`, {
          method: 'POST',
          headers: { 'x-forwarded-for': `1.2.3.4, ${address}`, 'content-type': 'application/json' },
          body: '{}',
        });
      let status = 404;
      let answer = await from('203.0.113.7');
      for (let i = 0; i < 2_000 && status !== 429; i++) {
        answer = await from('203.0.113.7');
        status = answer.status;
      }
      expect(status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await from('198.51.100.9')).status).toBe(404);
      expect((await postJson(proxied.url, '/api/rooms', {})).status).toBe(201);
    } finally {
      await proxied.stop();
    }
  });
});
