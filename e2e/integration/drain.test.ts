import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createRoom,
  eventually,
  faultsOf,
  freePort,
  join,
  readLog,
  spawnServer,
  startServer,
  temporaryFolder,
  within,
} from '../harness/index.ts';
import { openRobot } from '../harness/robot.ts';

const stops: (() => void | Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Supervisors kill after this long, in ms. */
const SUPERVISOR_MS = 10_000;

describe('[R-stop] a server that goes away', () => {
  it('[P5] says so first, still takes and acknowledges edits, and closes with 4503', async () => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url);
    const { peer } = await join(server.url, links.edit.token);
    const began = performance.now();
    const exit = server.kill('SIGTERM');
    const { minMs, maxMs } = await peer.next('drain');
    expect(maxMs).toBeGreaterThan(minMs);
    // Typed after the announcement.
    peer.send({ t: 'op', seq: 1, rev: 0, op: ['last words'] });
    expect(await peer.acknowledged(1)).toBe(1);
    expect((await fetch(`${server.url}/readyz`).catch(() => ({ status: 503 }))).status).toBe(503);
    expect(await peer.closed).toEqual({ code: 4503, reason: 'draining' });
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(SUPERVISOR_MS);
    expect(readLog(server.dataDir, links.edit.token)).toHaveLength(1);
  });

  it('[P3] [P5] loses and doubles nothing of people who go on typing through it', async () => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url);
    const robots = Array.from({ length: 10 }, (_, i) =>
      openRobot({ url: server.url, token: links.edit.token, name: `Robot ${i}` }),
    );
    stops.push(() => robots.forEach((robot) => robot.close()));
    await Promise.all(robots.map((robot) => robot.settled()));
    let typed = 0;
    const typing = setInterval(() => {
      for (const robot of robots) {
        robot.edit(['x']);
        typed++;
      }
    }, 50);
    stops.push(() => clearInterval(typing));
    await eventually('some edits', () => typed > 100, 10_000);
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    await server.restart();
    clearInterval(typing);
    await Promise.all(robots.map((robot) => robot.settled()));
    expect(robots.every((robot) => robot.notices.length === 0)).toBe(true);
    await server.kill('SIGTERM');
    const log = readLog(server.dataDir, links.edit.token);
    expect(faultsOf(log)).toEqual([]);
    const units = log
      .flatMap(({ op }) => op)
      .reduce<number>((sum, part) => sum + String(part).replace(/[^x]/g, '').length, 0);
    expect(units).toBe(typed);
  }, 60_000);

  it('ends cleanly when it is asked before it serves pages', async () => {
    const dataDir = temporaryFolder();
    stops.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const port = await freePort();
    const child = spawnServer({ port, dataDir });
    stops.push(() => child.kill('SIGKILL'));
    await eventually('the port', async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, 20_000);
    expect(child.output()).not.toContain('Tandem is at');
    expect(await within(SUPERVISOR_MS, 'the end', child.kill('SIGTERM'))).toEqual({ code: 0, signal: null });
    expect(child.output()).not.toContain('Tandem is at');
  });

  it('ends at once when it is asked twice', async () => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url);
    const { peer } = await join(server.url, links.edit.token);
    const first = server.kill('SIGTERM');
    await peer.next('drain');
    const began = performance.now();
    expect(await server.kill('SIGTERM')).toEqual({ code: 1, signal: null });
    expect(performance.now() - began).toBeLessThan(400);
    await first;
  });
});
