import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { randomLog } from '../testing/random-log.ts';
import { authorship } from './authorship.ts';
import { Histories, HistoryBusy, type HistoryLimits } from './histories.ts';
import { textAt } from './walk.ts';

const nobodyHangsUp = new AbortController().signal;

/** A storage with these rooms, each with the same log of so many entries. */
async function scene(limits: Partial<HistoryLimits> = {}, rooms = ['r'], length = 300) {
  const log = randomLog(seededRandom(9), length, 3);
  const inner = createMemoryStorage();
  for (const id of rooms) {
    const authors = [1, 2, 3].map((author) => ({
      author,
      client: `client-${author}`,
      person: '',
      name: `Author ${author}`,
      color: author,
      kind: 'ot' as const,
      link: 1,
    }));
    const about = { epoch: `epoch-${id}`, shard: '00000000', title: '', language: '', createdAt: 1 };
    await inner.createRoom({ id, ...about, links: [{ token: `${id}-edit`, role: 'edit' }], authors });
    await inner.append(id, { entries: log.entries, settled: [] });
  }
  let reads = 0;
  const counted = <T>(read: Promise<T>): Promise<T> => {
    reads++;
    return read;
  };
  const storage: Storage = {
    ...inner,
    entries: (...asked) => counted(inner.entries(...asked)),
    marks: (...asked) => counted(inner.marks(...asked)),
  };
  const histories = new Histories({
    storage,
    limits: { ...DEFAULT_SERVER_LIMITS, historyPage: 20, historyMarks: 50, ...limits },
  });
  const revsAt = (rev: number, room = 'r') =>
    histories.run('long', room, nobodyHangsUp, (walk, history) => history.revsAt(walk, rev));
  const brought = (rev: number) => Array.from(log.texts[rev] ?? '', (letter) => log.letters.get(letter)?.rev);
  return { ...log, storage, histories, revsAt, brought, reads: () => reads };
}

describe('histories', () => {
  it('learn what a log says once, and go on from there', async () => {
    const { histories, entries, reads } = await scene();
    const marks = (rev: number) =>
      histories.run('quick', 'r', nobodyHangsUp, async (walk, history) => (await history.marks(walk, rev)).rev);
    expect(await marks(120)).toBe(120);
    expect(reads()).toBe(3);
    expect(await Promise.all([marks(300), marks(250)])).toEqual([300, 300]);
    expect(reads()).toBe(7);
    const authors = await histories.run('quick', 'r', nobodyHangsUp, async (walk, history) => {
      const known = await history.marks(walk, 300);
      return entries.map(({ rev }) => [known.author(rev), known.at(rev)]);
    });
    expect(authors).toEqual(entries.map(({ author, at }) => [author, at]));
  });

  it('know who brought each unit, in any order of asking', async () => {
    const { revsAt, brought } = await scene();
    for (const rev of [0, 150, 300, 10, 299, 300]) expect([...(await revsAt(rev))]).toEqual(brought(rev));
    const together = await Promise.all([200, 300, 7, 250].map((rev) => revsAt(rev)));
    expect(together.map((revs) => [...revs])).toEqual([200, 300, 7, 250].map(brought));
  });

  it('replay old revisions from a state in between, and keep fewer of them where they take much space', async () => {
    const length = 1_300;
    const roomy = await scene({ historyPage: 400 }, ['r'], length);
    await roomy.revsAt(length);
    const before = roomy.reads();
    expect([...(await roomy.revsAt(1_200))]).toEqual(roomy.brought(1_200));
    expect(roomy.reads() - before).toBe(1);

    const tight = await scene({ historyPage: 400, historyStateBytes: 1 }, ['r'], length);
    await tight.revsAt(length);
    const again = tight.reads();
    expect([...(await tight.revsAt(1_200))]).toEqual(tight.brought(1_200));
    expect(tight.reads() - again).toBe(3);
  });

  it('[P9] forget the room that was longest left alone when they take too much', async () => {
    const { histories, revsAt, reads } = await scene({ historyBytes: 30_000 }, ['r', 's', 't']);
    for (const room of ['r', 's', 'r', 't']) await revsAt(300, room);
    expect(histories.size).toBeLessThan(3);
    const before = reads();
    await revsAt(300, 't');
    expect(reads()).toBe(before);
    histories.forget('t');
    await revsAt(300, 't');
    expect(reads()).toBeGreaterThan(before);
  });

  it('[P9] work on few questions at a time, let few wait, and send the others away', async () => {
    const { histories } = await scene({ historyJobs: { quick: 1, long: 1 }, historyWaiting: 2 });
    const started: number[] = [];
    const open: (() => void)[] = [];
    const ask = (kind: 'quick' | 'long', number: number) =>
      histories.run(kind, 'r', nobodyHangsUp, () => {
        started.push(number);
        return new Promise<void>((resolve) => open.push(resolve));
      });
    const asked = [1, 2, 3].map((number) => ask('long', number));
    await expect(ask('long', 4)).rejects.toBeInstanceOf(HistoryBusy);
    const quick = ask('quick', 5);
    expect(started).toEqual([1, 5]);
    while (open.length > 0) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([...asked, quick]);
    expect(started).toEqual([1, 5, 2, 3]);
  });

  it('stop when the caller hangs up, and what was learned until then is kept', async () => {
    const { histories, storage, revsAt, brought } = await scene({ historySliceMs: 0 });
    const hangUp = new AbortController();
    const gone = new Error('gone');
    let turns = 0;
    const asked = histories.run('long', 'r', hangUp.signal, (walk, history) => {
      const { entries } = storage;
      const counting = {
        ...walk,
        storage: {
          ...walk.storage,
          entries: (...given: Parameters<Storage['entries']>) => {
            if (++turns === 4) hangUp.abort(gone);
            return entries(...given);
          },
        },
      };
      return history.revsAt(counting, 300);
    });
    await expect(asked).rejects.toBe(gone);
    expect(turns).toBe(4);
    expect([...(await revsAt(300))]).toEqual(brought(300));
    await expect(histories.run('quick', 'r', hangUp.signal, () => Promise.resolve(1))).rejects.toBe(gone);
  });

  it('let others have their turn while they work', async () => {
    const { histories, texts } = await scene({ historySliceMs: 0 });
    let turns = 0;
    let working = true;
    const others = (async () => {
      for (; working; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    const text = await histories.run('quick', 'r', nobodyHangsUp, (walk) => textAt(walk, 300));
    working = false;
    await others;
    expect(text.toString()).toBe(texts[300]);
    expect(turns).toBeGreaterThan(250);
  });

  it('say so if the log has a hole', async () => {
    const { histories } = await scene();
    const beyond = histories.run('quick', 'r', nobodyHangsUp, (walk) => textAt(walk, 301));
    await expect(beyond).rejects.toMatchObject({ name: 'StorageUnavailable' });
    const marks = histories.run('quick', 'r', nobodyHangsUp, async (walk, history) => {
      return authorship(Uint32Array.of(1), await history.marks(walk, 301), 1);
    });
    await expect(marks).rejects.toMatchObject({ name: 'StorageUnavailable' });
  });
});
