import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newLink, range, someAuthor, someBytes, someEntries, someRoom } from '../../server/storage/contract/samples.ts';
import { createPostgresStorage } from '../../server/storage/postgres/postgres.ts';
import { ROOM_TABLES } from '../../server/storage/postgres/schema.ts';
import type { Entry, Storage } from '../../server/storage/storage.ts';
import { freshName, openPostgresLine, type PostgresServer, startPostgres } from '../harness/index.ts';

/** How often each race is run: what two do at once comes out in every order. */
const ROUNDS = 12;
const DATABASE = 'races';

let postgres: PostgresServer;
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.createDatabase(DATABASE);
});
afterAll(() => postgres.stop());

describe('two processes on one database', () => {
  let one: Storage;
  let other: Storage;
  beforeEach(async () => {
    // On a database that is empty the first time: both make the schema.
    [one, other] = await Promise.all([createPostgresStorage(url), createPostgresStorage(url)]);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  /** Runs both `ROUNDS` times at once, each time in a room of its own with two authors. */
  async function race<A, B>(
    first: (storage: Storage, room: string) => Promise<A>,
    second: (storage: Storage, room: string) => Promise<B>,
    check: (results: [A, B], room: string) => void | Promise<void>,
  ): Promise<void> {
    for (let round = 1; round <= ROUNDS; round++) {
      const room = freshName();
      const authors = [1, 2].map((author) => ({ ...someAuthor(`author-${author}`), author }));
      await one.createRoom(someRoom(room, { authors }));
      await check(await Promise.all([first(one, room), second(other, room)]), room);
    }
  }

  const entry = (rev: number, author: number, seq: number): Entry => ({
    rev,
    author,
    seq,
    at: rev,
    op: [`${author}.${seq}`],
  });

  it('[P1] gives each revision to exactly one of them', async () => {
    await race(
      (storage, room) => storage.append(room, { entries: [entry(1, 1, 1)], settled: [] }),
      (storage, room) => storage.append(room, { entries: [entry(1, 2, 1), entry(2, 2, 2)], settled: [] }),
      async (results, room) => {
        const [mine, theirs] = results;
        expect([mine, theirs].filter(({ ok }) => ok)).toHaveLength(1);
        const log = await one.entries(room, 1, 9, 9);
        const expected = mine.ok ? [entry(1, 1, 1)] : [entry(1, 2, 1), entry(2, 2, 2)];
        expect(log).toEqual(expected);
        expect(mine.ok ? theirs : mine).toEqual({ ok: false, rev: expected.length });
      },
    );
  });

  it('[P1] [P3] keeps one log of what four writers on both write as fast as they can, each edit once', async () => {
    const authors = range(1, 4).map((author) => ({ ...someAuthor(`author-${author}`), author }));
    await one.createRoom(someRoom('busy', { authors }));
    const edits = 40;
    let conflicts = 0;
    const write = async (storage: Storage, author: number): Promise<void> => {
      let head = 0;
      for (let seq = 1; seq <= edits;) {
        const result = await storage.append('busy', { entries: [entry(head + 1, author, seq)], settled: [] });
        if (result.ok) seq++;
        else conflicts++;
        head = result.ok ? head + 1 : result.rev;
      }
    };
    await Promise.all(authors.map(({ author }) => write(author % 2 === 0 ? one : other, author)));
    const log = await other.entries('busy', 1, 999, 999);
    expect(log.map(({ rev }) => rev)).toEqual(range(1, 4 * edits));
    for (const { author } of authors) {
      expect(log.filter((one) => one.author === author).map(({ seq }) => seq)).toEqual(range(1, edits));
    }
    expect([...(await one.heads(['busy']))]).toEqual([['busy', 4 * edits]]);
    // Without any, they would not have met.
    expect(conflicts).toBeGreaterThan(edits);
  });

  it('[P3] never settles one seq of an author twice', async () => {
    await race(
      (storage, room) => storage.append(room, { entries: [], settled: [{ author: 1, seq: 1, rev: 0 }] }),
      (storage, room) => storage.append(room, { entries: [entry(1, 1, 1)], settled: [] }),
      (results) => expect(results.filter(({ ok }) => ok)).toHaveLength(1),
    );
  });

  it('[P12] records exactly one lineage', async () => {
    const record = (storage: Storage, room: string, author: number): ReturnType<Storage['append']> => {
      const entries = [{ ...entry(1, author, 1), yjs: someBytes(author) }];
      return storage.append(room, { entries, settled: [], lineage: { root: `of ${author}` } });
    };
    await race(
      (storage, room) => record(storage, room, 1),
      (storage, room) => record(storage, room, 2),
      async ([mine, theirs], room) => {
        expect([mine, theirs].filter(({ ok }) => ok)).toHaveLength(1);
        expect((await one.loadLineage(room))?.root).toBe(mine.ok ? 'of 1' : 'of 2');
      },
    );
  });

  it('makes a room once, and lets exactly one of two rooms have a token', async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const room = someRoom(freshName());
      const made = await Promise.all([one.createRoom(room), other.createRoom(room)]);
      expect(made.toSorted()).toEqual(['created', 'taken']);
      const tokens = [freshName(), freshName()];
      const links = tokens.map((token) => ({ token, role: 'edit' as const }));
      const ids = [freshName(), freshName()] as const;
      const both = await Promise.all([
        one.createRoom(someRoom(ids[0], { links })),
        other.createRoom(someRoom(ids[1], { links: links.toReversed() })),
      ]);
      expect(both.toSorted()).toEqual(['created', 'taken']);
      const winner = both[0] === 'created' ? ids[0] : ids[1];
      for (const token of tokens) expect((await one.findLink(token))?.room).toBe(winner);
    }
  });

  it('gives a client one number, and two clients two', async () => {
    await race(
      (storage, room) => storage.openAuthor(room, someAuthor('new')),
      (storage, room) => storage.openAuthor(room, someAuthor('new')),
      ([mine, theirs]) => expect([mine.author, theirs.author]).toEqual([3, 3]),
    );
    await race(
      (storage, room) => storage.openAuthor(room, someAuthor('new')),
      (storage, room) => storage.openAuthor(room, someAuthor('newer')),
      ([mine, theirs]) => expect(new Set([mine.author, theirs.author])).toEqual(new Set([3, 4])),
    );
  });

  it('numbers links apart, and the same link once', async () => {
    await race(
      (storage, room) => storage.makeLink(room, newLink(`${room}-a`)),
      (storage, room) => storage.makeLink(room, newLink(`${room}-b`)),
      (results) => {
        const numbers = results.map((made) => (made === 'taken' ? 0 : made.number));
        expect(new Set(numbers)).toEqual(new Set([4, 5]));
      },
    );
    await race(
      (storage, room) => storage.makeLink(room, newLink(`${room}-a`)),
      (storage, room) => storage.makeLink(room, newLink(`${room}-a`)),
      (results) => expect(results).toEqual([{ number: 4 }, { number: 4 }]),
    );
  });

  it('[P10] never gives out a token that is being retired, and rotates one after the other', async () => {
    await one.createRoom(someRoom('elsewhere'));
    await race(
      (storage, room) => storage.rotateLink(room, 2, `${room}-newer`, 5),
      (storage, room) => storage.makeLink('elsewhere', newLink(`${room}-edit`)),
      async (results, room) => {
        expect(results).toEqual(['rotated', 'taken']);
        expect(await one.findLink(`${room}-edit`)).toMatchObject({ room, revokedAt: 5 });
      },
    );
    await race(
      (storage, room) => storage.rotateLink(room, 2, `${room}-a`, 5),
      (storage, room) => storage.rotateLink(room, 2, `${room}-b`, 6),
      async (results, room) => {
        expect(results).toEqual(['rotated', 'rotated']);
        const open = await Promise.all(['edit', 'a', 'b'].map((name) => one.findLink(`${room}-${name}`)));
        expect(open.filter((link) => link?.revokedAt === null)).toHaveLength(1);
        expect((await one.shutOut(room)).tokens).toHaveLength(2);
      },
    );
  });

  it('changes of a room both what one says and what the other says', async () => {
    await race(
      (storage, room) => storage.setRoom(room, { title: 'New' }),
      (storage, room) => storage.setRoom(room, { locked: true }),
      async (_, room) => expect(await one.loadRoom(room)).toMatchObject({ title: 'New', locked: true }),
    );
  });

  it('leaves nothing of a room that is deleted while the other writes to it', async () => {
    const writes: ((storage: Storage, room: string) => Promise<unknown>)[] = [
      (storage, room) => storage.append(room, { entries: someEntries(1, 20), settled: [] }),
      (storage, room) => storage.openAuthor(room, someAuthor('new')),
      (storage, room) => storage.makeLink(room, newLink(`${room}-new`)),
      (storage, room) => storage.rotateLink(room, 1, `${room}-new`, 1),
      (storage, room) => storage.saveSnapshot(room, { rev: 0, text: 'left' }),
      (storage, room) => storage.bar(room, 'guest', 1),
    ];
    for (const write of writes) {
      await race(
        (storage, room) => storage.deleteRoom(room),
        (storage, room) => write(storage, room).catch((error: unknown) => error),
        async ([, written], room) => {
          if (written instanceof Error) expect(written.name).toBe('StorageRefused');
          const left = ROOM_TABLES.map(
            (table) => `select '${table}' as left from tandem.${table} where room = '${room}'`,
          );
          expect(await postgres.query(left.join(' union all '), DATABASE)).toEqual([]);
        },
      );
    }
  });
});

describe('a line that fails', () => {
  it('[P2] [P3] has an append whose answer was lost judged rightly when it is repeated', async () => {
    const line = await openPostgresLine(url);
    const storage = await createPostgresStorage(line.url, { statementMs: 500 });
    await storage.createRoom(someRoom('lost'));
    const batch = { entries: someEntries(1, 3), settled: [] };
    line.loseAnswers();
    await expect(storage.append('lost', batch)).rejects.toMatchObject({ name: 'StorageUnavailable' });
    line.cut();
    expect(await storage.append('lost', batch)).toEqual({ ok: false, rev: 3 });
    expect(await storage.entries('lost', 1, 9, 9)).toEqual(someEntries(1, 3));
    expect(await storage.append('lost', { entries: someEntries(4, 4), settled: [] })).toEqual({ ok: true });
    await storage.close();
    await line.close();
  });

  it('makes lost connections anew, by itself', async () => {
    const line = await openPostgresLine(url);
    const storage = await createPostgresStorage(line.url);
    await storage.createRoom(someRoom('cut'));
    for (let rev = 1; rev <= 10; rev++) {
      const appending = storage
        .append('cut', { entries: someEntries(rev, rev), settled: [] })
        .catch((error: unknown) => error);
      line.cut();
      const first = await appending;
      if (first instanceof Error) expect(first.name).toBe('StorageUnavailable');
      const again = await storage.append('cut', { entries: someEntries(rev, rev), settled: [] });
      expect([{ ok: true }, { ok: false, rev }]).toContainEqual(again);
    }
    expect(await storage.entries('cut', 1, 99, 99)).toEqual(someEntries(1, 10));
    await storage.close();
    await line.close();
  });
});
