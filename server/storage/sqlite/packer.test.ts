import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someEntries, someRoom, someYjsEntries } from '../contract/samples.ts';
import { someRedaction } from '../contract/redaction-samples.ts';
import { squeezeNow } from '../packs/squeeze.ts';
import { openPacks } from './packs-in-file.ts';
import type { Arguments, Call, Method, Methods } from './calls.ts';
import { breakableDriver } from './breakable-driver.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { createMethods } from './methods.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { createPacker, type Packer } from './packer.ts';
import { REST_MS } from './room-rest.ts';
import { createTail } from './tail.ts';

const ALL = Number.MAX_SAFE_INTEGER;

describe('the packer', () => {
  let folder: string;
  let database: OpenDatabase;
  let methods: Methods;
  let group: GroupCommit;
  let packer: Packer;
  let now: number;
  /** What is compressed at this moment. */
  let squeezing: (() => void)[];
  /** Statements that fail the next time they are run, as a disk would make them. */
  let broken: string[];
  let id = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-packer-'));
    now = 0;
    start();
    write('createRoom', someRoom('r'));
    write('createRoom', someRoom('s'));
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  /** As after a crash: what is not on the disk is forgotten. */
  function start(): void {
    database = openDatabase(folder, 0);
    broken = [];
    squeezing = [];
    const driver = breakableDriver(database.driver, () => broken);
    methods = createMethods(driver);
    group = createGroupCommit(driver, methods, createTail(driver));
    packer = createPacker(driver, {
      now: () => now,
      ready: () => undefined,
      squeeze: (bytes, done) => void squeezing.push(() => done(squeezeNow(bytes))),
    });
  }

  function restart(): void {
    database.close();
    start();
  }

  function write<K extends Method>(method: K, ...args: Arguments[K]): void {
    // They belong together by K, which TypeScript cannot say of a union.
    const call = { id: ++id, method, args } as unknown as Call;
    expect(group.write([call])).toMatchObject([{ kind: 'done' }]);
    packer.heard([call]);
  }

  /** In rows of their own, as a room fills them letter by letter. */
  function append(room: string, from: number, to: number): void {
    for (let rev = from; rev <= to; rev += 100) {
      write('append', room, { entries: someEntries(rev, Math.min(to, rev + 99)), settled: [] });
      group.settle();
    }
  }

  /** Everything that is due at this moment. */
  function work(): void {
    for (let turn = 0; packer.wait === 0 || squeezing.length > 0; turn++) {
      if (turn > 10_000) throw new Error('The packer does not come to an end.');
      squeezing.shift()?.();
      if (packer.wait === 0) packer.work();
    }
  }

  function rest(): void {
    work();
    now += REST_MS;
    work();
  }

  const count = (table: string, where = 'true'): number =>
    database.driver.first<{ n: number }>(`select count(*) as n from ${table} where ${where}`)?.n ?? 0;
  const packs = (room: string): [number, number, string][] =>
    database.driver
      .all<{ a: number; b: number; form: string }>(
        'select from_rev as a, to_rev as b, form from packs where room = ? order by to_rev',
        room,
      )
      .map(({ a, b, form }) => [a, b, form]);

  it('packs a room that rests, and every read gives what it gave', () => {
    append('r', 1, 900);
    append('s', 1, 100);
    write('saveSnapshot', 'r', { rev: 700, text: 'seven hundred' });
    const read = (): unknown[] => [
      methods.loadRoom('r'),
      methods.heads(['r', 's', 'none']),
      methods.authors('r'),
      methods.snapshotBefore('r', 800),
      ...[
        [1, 900, 900],
        [250, 260, 5],
        [-5, 3, 9],
        [890, 2_000, 99],
        [901, 999, 9],
        [5, 4, 9],
        [1, 9, 0],
      ].map(([from = 0, to = 0, limit = 0]) => [
        methods.entries('r', from, to, limit),
        methods.marks('r', from, to, limit),
      ]),
    ];
    const before = read();
    rest();
    expect([count('entries', "room = 'r'"), packs('r')]).toEqual([0, [[1, 900, 'squeezed']]]);
    // Not worth it.
    expect([count('entries', "room = 's'"), packs('s')]).toEqual([100, []]);
    expect(read()).toEqual(before);
    expect(packer.wait).toBeNull();
    append('r', 901, 950);
    expect(methods.entries('r', 890, 960, 99)).toEqual(someEntries(890, 950));
    expect(methods.entries('r', 890, 960, 20)).toEqual(someEntries(890, 909));
    expect(methods.listRooms({ limit: 1 })).toMatchObject([{ rev: 950, lastEditAt: 1_700_000_000_950 }]);
  });

  it('[P1] takes the newest revision from a pack if there is nothing behind it', () => {
    append('r', 1, 600);
    rest();
    restart();
    const late = { entries: someEntries(600, 600), settled: [] };
    expect(methods.append('r', late)).toEqual({ ok: false, rev: 600 });
    append('r', 601, 602);
    expect(methods.entries('r', 599, ALL, 9)).toEqual(someEntries(599, 602));
  });

  it('does not wait where much is written, and leaves few packs', () => {
    for (let rev = 1; rev <= 24_000; rev += 300) {
      append('r', rev, rev + 299);
      work();
      expect(count('entries')).toBeLessThan(4_500);
    }
    expect(packs('r').length).toBeLessThan(5);
    rest();
    expect(packs('r')).toEqual([[1, 24_000, 'squeezed']]);
    expect(methods.entries('r', 1, ALL, ALL)).toEqual(someEntries(1, 24_000));
  });

  it('keeps the text of a room that rests with its entries, and takes it out when the room goes on', () => {
    const text = 'word by word, '.repeat(500);
    append('r', 1, 600);
    write('saveSnapshot', 'r', { rev: 600, text });
    rest();
    expect(count('snapshots', "form = 'packed'")).toBe(1);
    expect(methods.loadRoom('r')).toMatchObject({ snapshot: { rev: 600, text }, entries: [] });
    append('r', 601, 1_200);
    write('saveSnapshot', 'r', { rev: 1_200, text: `${text}!` });
    rest();
    expect(packs('r')).toEqual([[1, 1_200, 'squeezed']]);
    expect(methods.snapshotBefore('r', 1_199)).toEqual({ rev: 600, text });
    expect(methods.snapshotBefore('r', 1_200)).toEqual({ rev: 1_200, text: `${text}!` });
    const sizes = database.driver.all('select rev, form from snapshots order by rev');
    expect(sizes).toEqual([
      { rev: 600, form: 'squeezed' },
      { rev: 1_200, form: 'packed' },
    ]);
    // One that comes again is what counts.
    write('saveSnapshot', 'r', { rev: 1_200, text: 'another' });
    expect(methods.snapshotBefore('r', 1_200)).toEqual({ rev: 1_200, text: 'another' });
  });

  it('compresses a text for which no pack is written, but not a newest one that is so long that opening it would take time', () => {
    append('r', 1, 100);
    append('s', 1, 100);
    write('saveSnapshot', 'r', { rev: 100, text: 'a text '.repeat(2_000) });
    write('saveSnapshot', 's', { rev: 100, text: 'a text '.repeat(50_000) });
    rest();
    expect(database.driver.all('select room, form from snapshots order by room')).toEqual([
      { room: 'r', form: 'squeezed' },
      { room: 's', form: 'plain' },
    ]);
    expect(methods.loadRoom('r')?.snapshot?.text).toBe('a text '.repeat(2_000));
  });

  it('[P12] leaves the bytes of Yjs where they are', () => {
    write('append', 'r', { entries: someYjsEntries(1, 300), settled: [], lineage: { root: 'text' } });
    append('r', 301, 600);
    rest();
    expect(packs('r')).toEqual([[1, 600, 'squeezed']]);
    expect(methods.entries('r', 1, ALL, ALL)).toEqual([...someYjsEntries(1, 300), ...someEntries(301, 600)]);
    expect(methods.entries('r', 299, 302, 3)).toEqual([...someYjsEntries(299, 300), ...someEntries(301, 301)]);
  });

  it('[P1] [P2] has everything once, in whichever moment it fails or the process ends', () => {
    append('r', 1, 900);
    const whole = (): void => {
      expect(methods.entries('r', 1, ALL, ALL)).toEqual(someEntries(1, 900));
      const inRows = count('entries');
      const inPacks = openPacks(database.driver).reduce((sum, { opened }) => sum + opened.length, 0);
      expect(inRows + inPacks).toBe(900);
    };
    now += REST_MS;
    for (const sql of ['begin immediate', 'commit', 'rollback']) {
      broken = sql === 'rollback' ? ['commit', 'rollback'] : [sql];
      work();
      expect([sql, broken]).toEqual([sql, []]);
      // As the next call of the storage does it.
      if (database.driver.inTransaction) database.driver.exec('rollback');
      expect(packs('r')).toEqual([]);
      whole();
      now += REST_MS;
    }
    // Killed while it was compressed, and before it was written.
    packer.work();
    for (let turn = 0; squeezing.length === 0 && turn < 100; turn++) packer.work();
    restart();
    whole();
    expect(packs('r')).toEqual([]);
    // What was there at the start is found again.
    for (let turn = 0; turn < 4; turn++) rest();
    expect(packs('r')).toEqual([[1, 900, 'squeezed']]);
    whole();
  });

  it('lets go of what it has read when the room is redacted, deleted, or gets another text', () => {
    const middle = (): void => {
      now += REST_MS;
      for (let turn = 0; squeezing.length === 0; turn++) {
        if (turn > 100) throw new Error('Nothing is compressed.');
        packer.work();
      }
    };
    append('r', 1, 600);
    middle();
    write('redact', 'r', someRedaction({ rev: 600, entries: [{ rev: 2, op: [1, '\u2588'] }] }));
    work();
    expect(packs('r')).toEqual([]);
    rest();
    expect(packs('r')).toHaveLength(1);
    expect(methods.entries('r', 2, 2, 1)).toMatchObject([{ op: [1, '\u2588'] }]);

    append('s', 1, 600);
    middle();
    write('deleteRoom', 's');
    write('createRoom', someRoom('s', { links: [] }));
    rest();
    expect([packs('s'), methods.entries('s', 1, ALL, 9)]).toEqual([[], []]);
  });

  it('takes a passage out of packs, compressed as they are, and texts beside them', () => {
    const secret = 'the vault opens with 4711';
    const entries = someEntries(1, 600).map((entry) => (entry.rev === 300 ? { ...entry, op: [299, secret] } : entry));
    for (const from of [0, 300]) {
      write('append', 'r', { entries: entries.slice(from, from + 300), settled: [] });
      group.settle();
    }
    const text = `${'a'.repeat(6_000)}${secret}`;
    write('saveSnapshot', 'r', { rev: 600, text });
    rest();
    const everything = (): string =>
      openPacks(database.driver)
        .map(({ opened }) => {
          const all = Array.from({ length: opened.length }, (_, index) => opened.entry(index));
          return JSON.stringify([all, opened.text()]);
        })
        .join('\n');
    expect(everything().split(secret)).toHaveLength(3);
    append('r', 601, 601);
    const blocked = '\u2588'.repeat(secret.length);
    write(
      'redact',
      'r',
      someRedaction({
        rev: 601,
        entries: [{ rev: 300, op: [299, blocked] }],
        snapshots: [{ rev: 600, ranges: [{ from: 6_000, to: 6_000 + secret.length }] }],
      }),
    );
    expect(everything()).not.toContain(secret);
    expect(methods.snapshotBefore('r', 600)).toEqual({ rev: 600, text: text.replace(secret, blocked) });
    const expected = entries.map((entry) => (entry.rev === 300 ? { ...entry, op: [299, blocked] } : entry));
    expect(methods.entries('r', 1, 600, 600)).toEqual(expected);
    rest();
    expect(everything()).not.toContain(secret);
    expect(methods.entries('r', 1, 600, 600)).toEqual(expected);
  });

  it('goes on after a pack that is damaged, which its reader hears of', () => {
    append('r', 1, 600);
    rest();
    database.driver.run('update packs set data = ? where room = ?', new Uint8Array(3), 'r');
    append('r', 601, 1_200);
    append('s', 1, 600);
    rest();
    expect(packs('s')).toHaveLength(1);
    expect(count('entries')).toBe(600);
    const read: Call = { id: ++id, method: 'entries', args: ['r', 1, 1, 1] };
    expect(group.read(read)).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('revision 600 of room r is damaged') as unknown,
    });
    expect(methods.entries('r', 601, 601, 1)).toEqual(someEntries(601, 601));
  });

  it('leaves nothing of a room that is deleted', () => {
    append('r', 1, 600);
    rest();
    write('deleteRoom', 'r');
    expect([count('packs'), count('entries')]).toEqual([0, 0]);
  });
});
