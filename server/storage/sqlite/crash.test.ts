import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDriver } from './driver.ts';
import { createSqliteStorage } from './sqlite.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const ROUNDS = 3;
/** A child starts a TypeScript loader twice, on a machine that may be busy. */
const PATIENCE_MS = 60_000;

describe('a process that is killed', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-crash-'));
    children = [];
  });

  afterEach(async () => {
    await Promise.all(children.map(kill));
    rmSync(folder, { recursive: true });
  });

  function start(): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    if (!child.stdout) throw new Error('The child has no stdout.');
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  it(
    '[P2] loses no acknowledged revision, leaves no hole and no torn batch, several times in a row',
    async () => {
      const acknowledged = new Map<string, number>();
      for (let round = 1; round <= ROUNDS; round += 1) {
        const { child, lines } = start();
        expect((await lines.next()).value).toBe('open');
        // Not a time but an amount, so that each round has written something; the kill still falls where it falls.
        for (let heard = 0; heard < 200 + round * 77; heard += 1) {
          const [room = '', rev] = String((await lines.next()).value).split(' ');
          acknowledged.set(room, Number(rev));
        }
        await kill(child);
        for await (const line of lines) {
          const [room = '', rev] = line.split(' ');
          if (rev) acknowledged.set(room, Number(rev));
        }

        const storage = await createSqliteStorage(folder);
        try {
          expect(acknowledged.size).toBe(5);
          for (const [room, newest] of acknowledged) {
            const entries = await storage.entries(room, 1, Number.MAX_SAFE_INTEGER, 1_000_000);
            const revs = entries.map(({ rev }) => rev);
            const withYjs = room === 'room-1' || room === 'room-3';
            expect((await storage.loadLineage(room))?.root).toBe(withYjs ? 'text' : undefined);
            for (const { rev, yjs } of entries) expect(yjs).toEqual(withYjs ? Uint8Array.of(0, rev) : undefined);
            expect(revs.length, `round ${round}, ${room}`).toBeGreaterThanOrEqual(newest);
            expect(revs).toEqual(Array.from({ length: revs.length }, (_, index) => index + 1));
            expect(revs.length % 3).toBe(0);
            const people = await storage.authors(room);
            expect(people.map(({ author }) => author)).toEqual(people.map((_, index) => index + 1));
            for (const { author, client, last } of people) {
              const own = entries.filter((entry) => entry.author === author);
              expect(last?.rev).toBe(own.at(-1)?.rev);
              if (author > 1 && own[0]) expect(client).toBe(`since-${own[0].rev - 1}`);
            }
            expect(Math.max(...entries.map(({ author }) => author))).toBeLessThanOrEqual(people.length);
          }
        } finally {
          await storage.close();
        }
      }
      const driver = openDriver(join(folder, 'tandem.db'), 0);
      expect(driver.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      driver.close();
    },
    PATIENCE_MS,
  );

  it(
    'holds its folder while it lives, says so to others, and no longer once it is killed',
    async () => {
      const first = start();
      expect((await first.lines.next()).value).toBe('open');

      const second = start();
      const exited = once(second.child, 'exit');
      expect((await second.lines.next()).value).toContain(`process ${first.child.pid} on `);
      expect(await exited).toEqual([3, null]);
      await expect(createSqliteStorage(folder)).rejects.toMatchObject({ code: 'in-use' });
      // The refusals disturbed nobody.
      expect((await first.lines.next()).value).toMatch(/^room-\d \d+$/);

      await kill(first.child);
      const storage = await createSqliteStorage(folder);
      expect(await storage.loadRoom('room-0')).not.toBeNull();
      await storage.close();
    },
    PATIENCE_MS,
  );
});
