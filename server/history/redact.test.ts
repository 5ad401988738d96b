import { describe, expect, it } from 'vitest';
import { apply, type Op } from '../../lib/ot/index.ts';
import { ManualClock, seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createLog } from '../log.ts';
import { Rooms } from '../rooms.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { BLOCK } from '../storage/redaction.ts';
import type { Entry, Storage } from '../storage/storage.ts';
import { randomLog } from '../testing/random-log.ts';
import { Histories } from './histories.ts';
import { NoSuchPassage, redact, type RedactDeps, type RedactWish } from './redact.ts';
import { textAt } from './walk.ts';

const CASES = Array.from({ length: 40 }, (_, index) => index + 1);
const signal = new AbortController().signal;
const AUTHOR = { client: 'c', person: '', name: 'Ada', color: 1, kind: 'ot', link: 1 } as const;

/** A room with this log and a snapshot every so often, and how to redact it. */
async function scene(
  entries: readonly Entry[],
  texts: readonly string[],
  prepare?: (storage: Storage) => Promise<void>,
) {
  const storage = createMemoryStorage();
  const about = { id: 'r', epoch: 'epoch', shard: '00000000', title: 'The secret plan', language: '', createdAt: 1 };
  const authors = [1, 2, 3].map((author) => ({ ...AUTHOR, client: `c${author}`, author }));
  await storage.createRoom({ ...about, links: [{ token: 'O'.repeat(22), role: 'owner' }], authors });
  if (entries.length > 0) await storage.append('r', { entries, settled: [] });
  for (let rev = 7; rev < texts.length; rev += 7) await storage.saveSnapshot('r', { rev, text: texts[rev] ?? '' });
  await prepare?.(storage);
  const clock = new ManualClock();
  const rooms = new Rooms({ storage, clock, log: createLog('silent'), limits: DEFAULT_SERVER_LIMITS });
  const histories = new Histories({ storage, limits: { ...DEFAULT_SERVER_LIMITS, historyPage: 20 } });
  const walked = <T>(job: (walk: Parameters<typeof textAt>[0]) => Promise<T>) =>
    histories.run('long', 'r', signal, job);

  async function ask(wish: RedactWish, change: Partial<RedactDeps> = {}) {
    const lease = await rooms.find('r');
    if (!lease) throw new Error('The room is not there.');
    const { room } = lease;
    const author = await room.author({ ...AUTHOR, client: 'owner' });
    const edit = (rev: number, op: Op): Promise<number> =>
      new Promise((resolve, reject) => {
        room.submit({
          kind: 'op',
          author,
          seq: 'next',
          rev,
          op,
          done: (outcome) => (outcome.kind === 'refused' ? reject(outcome.fault) : resolve(outcome.rev)),
        });
      });
    const reload = (): Promise<boolean> => rooms.reload('r');
    return walked((walk) =>
      redact(walk, room, wish, { storage, limits: DEFAULT_SERVER_LIMITS, edit, reload, ...change }),
    );
  }

  return {
    storage,
    rooms,
    ask,
    textsNow: async () => {
      const head = (await storage.heads(['r'])).get('r') ?? 0;
      const revs = Array.from({ length: head + 1 }, (_, rev) => rev);
      return Promise.all(revs.map((rev) => walked(async (walk) => (await textAt(walk, rev)).toString())));
    },
    /** Everything that is stored, as one string. */
    stored: async () =>
      JSON.stringify([
        await storage.loadRoom('r'),
        await storage.entries('r', 1, 1e6, 1e6),
        await Promise.all((await storage.snapshotRevs('r')).map((rev) => storage.snapshotBefore('r', rev))),
        await storage.chat('r', { limit: 1e6 }),
        await storage.threads('r'),
        await storage.versions('r'),
      ]),
  };
}

function somewhere(random: SeededRandom, texts: readonly string[]): RedactWish {
  const rev = 1 + random.int(texts.length - 1);
  const length = texts[rev]?.length ?? 0;
  const from = random.int(Math.max(1, length));
  return { rev, from, to: Math.min(length, from + 1 + random.int(8)), copies: false };
}

/** What is left of a text: of the passage only single letters that something else was made of. */
function left(text: string, passage: string): string {
  const standing = Array.from(text).filter((letter) => passage.includes(letter));
  const isMade = standing.length * 2 < passage.length;
  return text.replace(/./gsu, (letter, at: number) => {
    if (!passage.includes(letter)) return letter;
    let from = at;
    while (from > 0 && passage.includes(text.slice(from - 1, at + 1))) from--;
    let to = at + 1;
    while (to < text.length && passage.includes(text.slice(from, to + 1))) to++;
    return isMade && to - from < 4 ? letter : '';
  });
}

/** A log of somebody who types these edits one after the other. */
function logOf(...ops: Op[]): { entries: Entry[]; texts: string[] } {
  const texts = [''];
  for (const op of ops) texts.push(apply(texts.at(-1) ?? '', op));
  return { entries: ops.map((op, at) => ({ rev: at + 1, author: 1, seq: at + 1, at: at + 1, op })), texts };
}

describe('taking a passage out of a history', () => {
  it('blocks its letters in every revision, deletes them from the text, and changes nothing else', async () => {
    for (const seed of CASES) {
      const random = seededRandom(seed);
      const { entries, texts } = randomLog(random, 5 + random.int(40), 3);
      const wish = somewhere(random, texts);
      const passage = (texts[wish.rev] ?? '').slice(wish.from, wish.to);
      const letters = new Set(passage);
      if (letters.size === 0) continue;
      const room = await scene(entries, texts);
      expect([seed, (await room.ask(wish)).units]).toEqual([seed, letters.size]);
      const blocked = (text: string): string =>
        text.replace(/./gsu, (letter) => (letters.has(letter) ? BLOCK : letter));
      const now = await room.textsNow();
      expect([seed, now.slice(0, texts.length)]).toEqual([
        seed,
        texts.map((text, rev) => (rev < texts.length ? blocked(text) : text)),
      ]);
      expect([seed, now.at(-1)]).toEqual([seed, left(texts.at(-1) ?? '', passage)]);
      const stored = await room.stored();
      const kept = now.at(-1) ?? '';
      const stays = (letter: string): boolean => stored.includes(letter) && !kept.includes(letter);
      expect([seed, [...letters].filter(stays)]).toEqual([seed, []]);
      const marks = (all: readonly Entry[]) => all.map(({ author, seq, at }) => [author, seq, at]);
      expect(marks(await room.storage.entries('r', 1, entries.length, 1e6))).toEqual(marks(entries));
    }
  });

  it('blocks them in the words of passages, those that stand and those that are gone', async () => {
    let checked = 0;
    for (const seed of CASES) {
      const random = seededRandom(seed);
      const { entries, texts } = randomLog(random, 30, 3);
      const wish = somewhere(random, texts);
      const letters = new Set((texts[wish.rev] ?? '').slice(wish.from, wish.to));
      const words: string[] = [];
      const room = await scene(entries, texts, async (storage) => {
        for (const { rev, author, op } of entries) {
          const before = texts[rev - 1] ?? '';
          const [kept, cut] = typeof op[0] === 'number' && op[0] > 0 ? [op[0], op[1]] : [0, op[0]];
          const gone = typeof cut === 'number' && cut < 0 ? before.slice(kept, kept - cut) : '';
          const said = { author: 1, name: '', color: 1, at: 1, text: 'look' };
          const text = (texts[rev] ?? '').slice(0, 9);
          const standing = { rev, from: 0, to: text.length, text, gone: null };
          await storage.addChat('r', { ...said, id: `a${rev}`, quote: standing }, 1e6);
          words.push(standing.text);
          if (gone === '') continue;
          const quote = { rev: 30, from: 0, to: 0, text: gone, gone: { author, name: '' } };
          await storage.addChat('r', { ...said, id: `b${rev}`, quote }, 1e6);
          words.push(gone);
        }
      });
      await room.ask(wish);
      const after = (await room.storage.chat('r', { limit: 1e6 })).map(({ quote }) => quote?.text ?? '');
      for (const [at, before] of words.entries()) {
        const wanted = before.replace(/./gsu, (letter) => (letters.has(letter) ? BLOCK : letter));
        const text = after[at] ?? '';
        // A passage that the room has moved on meanwhile has the words of later.
        if (text.length === before.length) expect([seed, at, text]).toEqual([seed, at, wanted]);
        expect([seed, at, Array.from(text).filter((letter) => letters.has(letter))]).toEqual([seed, at, []]);
        if (text.includes(BLOCK)) checked++;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('finds copies however they came to be: no revision has the words any more', async () => {
    for (const seed of CASES) {
      const random = seededRandom(seed);
      const ops: Op[] = [];
      let text = '';
      for (let rev = 0; rev < 40; rev++) {
        const at = random.int(text.length + 1);
        const cut = random.int(3) === 0 ? Math.min(text.length - at, random.int(3)) : 0;
        const letters = Array.from({ length: 1 + random.int(3) }, () => random.pick(['a', 'b', 'c'])).join('');
        const op: Op = [...(at > 0 ? [at] : []), letters, ...(cut > 0 ? [-cut] : [])];
        text = apply(text, op);
        ops.push(op);
      }
      const { entries, texts } = logOf(...ops);
      const wish = { ...somewhere(random, texts.slice(0, 40)), copies: true };
      const passage = (texts[wish.rev] ?? '').slice(wish.from, wish.to);
      const room = await scene(entries, texts, async (storage) => {
        await storage.addVersion('r', { rev: 1, name: `In it: ${passage}.`, author: 1, at: 1 });
        const said = { author: 1, name: '', color: 1, at: 1, text: `it is ${passage}!`, quote: null };
        await storage.addChat('r', { ...said, id: 'm' }, 1e6);
      });
      await room.ask(wish);
      for (const [rev, one] of (await room.textsNow()).entries()) {
        if (one.includes(passage)) throw new Error(`Seed ${seed}: revision ${rev} has ${passage} still: ${one}`);
      }
      expect((await room.storage.versions('r'))[0]?.name).toBe(`In it: ${BLOCK.repeat(passage.length)}.`);
      expect((await room.storage.chat('r', { limit: 9 }))[0]?.text).toBe(`it is ${BLOCK.repeat(passage.length)}!`);
    }
  });

  it('finds what was deleted and brought back, in a title and a name too, and keeps line breaks', async () => {
    const { entries, texts } = logOf(['The secret\nplan is 😀.'], [4, -11], [4, 'secret\nplan'], [17, '!']);
    const room = await scene(entries, texts);
    await room.storage.setRoom('r', { title: 'About secret\nplan'.replace('\n', ' ') });
    expect(await room.ask({ rev: 4, from: 4, to: 15, copies: true })).toEqual({ units: 22, revisions: 2, notes: 0 });
    expect(await room.textsNow()).toEqual([
      '',
      'The ██████\n████ is 😀.',
      'The  is 😀.',
      'The ██████\n████ is 😀.',
      'The ██████\n████ i!s 😀.',
      'The  i!s 😀.',
    ]);
    const pair = await room.ask({ rev: 5, from: 10, to: 11, copies: false });
    expect(pair.units).toBe(2);
    expect((await room.textsNow()).slice(4)).toEqual(['The ██████\n████ i!s ██.', 'The  i!s ██.', 'The  i!s .']);
  });

  it('finds nothing the second time, and refuses what was never there', async () => {
    const { entries, texts } = logOf(['a secret'], [8, '!']);
    const room = await scene(entries, texts);
    const wish = { rev: 1, from: 2, to: 8, copies: true };
    await room.ask(wish);
    const stored = await room.stored();
    expect(await room.ask(wish)).toEqual({ units: 0, revisions: 0, notes: 0 });
    expect(await room.stored()).toBe(stored);
    await expect(room.ask({ ...wish, to: 9 })).rejects.toThrow(NoSuchPassage);
  });

  it('is finished by asking again if it stopped after the text was changed', async () => {
    const { entries, texts } = logOf(['a secret'], [8, '!']);
    const room = await scene(entries, texts);
    const wish = { rev: 1, from: 2, to: 8, copies: true };
    const dying: Storage = { ...room.storage, redact: () => Promise.reject(new Error('killed')) };
    await expect(room.ask(wish, { storage: dying })).rejects.toThrow('killed');
    expect((await room.textsNow()).slice(1)).toEqual(['a secret', 'a secret!', 'a !']);
    expect(await room.ask(wish)).toMatchObject({ units: 6, revisions: 1 });
    expect((await room.textsNow()).slice(1)).toEqual(['a ██████', 'a ██████!', 'a !']);
  });

  it('takes the same words elsewhere for copies only if there are many, unless it is said', async () => {
    const long = 'twelve units';
    for (const [passage, copies, left] of [
      ['the', undefined, ' the'],
      ['the', true, ' '],
      [long, undefined, ' '],
      [long, false, ` ${long}`],
    ] as const) {
      const { entries, texts } = logOf([`${passage} ${passage}`]);
      const room = await scene(entries, texts);
      await room.ask({ rev: 1, from: 0, to: passage.length, ...(copies !== undefined && { copies }) });
      expect([passage, copies, (await room.textsNow()).at(-1)]).toEqual([passage, copies, left]);
    }
  });

  it('is not done, asked again after a crash, before the files are clean', async () => {
    const { entries, texts } = logOf(['a secret'], [8, '!']);
    const room = await scene(entries, texts);
    const wish = { rev: 1, from: 2, to: 8, copies: true };
    await room.ask(wish);
    let clean: () => void = () => undefined;
    const sweeping: Storage = { ...room.storage, erased: () => new Promise((resolve) => (clean = resolve)) };
    let done = false;
    const asking = room.ask(wish, { storage: sweeping }).finally(() => (done = true));
    await new Promise(setImmediate);
    expect(done).toBe(false);
    clean();
    expect(await asking).toMatchObject({ units: 0 });
  });

  it('looks again if anything was said, or taken out, in between', async () => {
    const { entries, texts } = logOf(['a secret'], [8, ' and another']);
    const room = await scene(entries, texts);
    let writes = 0;
    const busy: Storage = {
      ...room.storage,
      redact: async (id, redaction) => {
        writes++;
        const quote = { rev: 1, from: 0, to: 8, text: 'a secret', gone: null };
        const said = { id: `m${writes}`, author: 1, name: '', color: 1, at: 1, text: 'secret', quote };
        if (writes < 3) await room.storage.addChat('r', said, 99);
        if (writes === 3) await room.ask({ rev: 2, from: 13, to: 20, copies: true });
        return room.storage.redact(id, redaction);
      },
    };
    await room.ask({ rev: 1, from: 2, to: 8, copies: true }, { storage: busy });
    expect(writes).toBe(4);
    expect((await room.textsNow()).slice(1, 3)).toEqual(['a ██████', 'a ██████ and ███████']);
    expect(await room.stored()).not.toContain('secret"');
  });

  it('keeps what others write meanwhile', async () => {
    const { entries, texts } = logOf(['a secret plan']);
    const room = await scene(entries, texts);
    const lease = await room.rooms.find('r');
    lease?.room.submit({ kind: 'op', author: 1, seq: 2, rev: 1, op: [5, 'X', 8, '!'], done: () => undefined });
    await room.ask({ rev: 1, from: 2, to: 8, copies: false });
    expect((await room.textsNow()).at(-1)).toBe('a X plan!');
    expect((await room.textsNow())[1]).toBe('a ██████ plan');
    expect(lease?.room.closed).toBe(true);
  });
});
