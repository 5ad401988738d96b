import { describe, expect, it } from 'vitest';
import type { Op } from '../../lib/ot/index.ts';
import {
  decodeServerMessage,
  type ChatMessage,
  type CommentAct,
  type Passage,
  type ServerMessage,
  type Thread,
} from '../../lib/protocol/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { createLog } from '../log.ts';
import type { Member } from '../room/member.ts';
import { Room, type RoomDeps } from '../room/room.ts';
import { createMemoryStorage, type MemoryHooks } from '../storage/memory.ts';
import { StorageUnavailable } from '../storage/storage.ts';

const BIRTH = {
  id: 'room',
  epoch: 'epoch',
  shard: '0badcafe',
  title: '',
  language: 'Markdown',
  createdAt: 0,
  links: [{ token: 'edit', role: 'edit' as const }],
  authors: [],
};

const TEXT = 'The quick brown fox.';
/** "quick" at the revision of `TEXT`. */
const QUICK: Passage = { rev: 1, from: 4, to: 9 };

/** An id made of a word. */
function id(word: string): string {
  return word.padEnd(22, '0');
}

async function scene({ hooks = {}, limits = {} }: { hooks?: MemoryHooks; limits?: Partial<RoomDeps['limits']> } = {}) {
  const storage = createMemoryStorage(hooks);
  const clock = new ManualClock();
  const deps: RoomDeps = { storage, clock, log: createLog('silent'), limits: { ...DEFAULT_SERVER_LIMITS, ...limits } };
  let room = Room.fresh(deps, BIRTH);
  const seqs = new Map<number, number>();

  async function write(op: Op, author = 1): Promise<void> {
    const seq = (seqs.get(author) ?? 0) + 1;
    seqs.set(author, seq);
    const { rev } = room;
    await new Promise((done) => room.submit({ kind: 'op', author, seq, rev, op, done }));
  }

  /** Somebody in the room, who says what is said here and hears the rest. */
  async function enter(name: string, role: 'owner' | 'edit' = 'edit') {
    const heard: ServerMessage[] = [];
    const author = await room.author({ client: name, person: '', name, color: 1, kind: 'ot', link: 0 });
    const take = (frame: Buffer): void => {
      const message = decodeServerMessage(frame.toString());
      if (message) heard.push(message);
    };
    const member: Member = {
      person: { author, person: '', name, color: 1, role, kind: 'ot' },
      rev: 0,
      welcome: take,
      sendEntries: () => undefined,
      send: take,
      sendLossy: () => undefined,
      roomForMore: () => Promise.resolve(),
      end: (fault) => {
        throw fault;
      },
    };
    await room.notes.ready();
    await room.join({ member, session: name, from: null });
    const of = <T extends ServerMessage['t']>(t: T) =>
      heard.filter((message): message is ServerMessage & { t: T } => message.t === t);
    return {
      author,
      of,
      say: (word: string, quote?: Passage) =>
        room.notes.take(member, { t: 'chat', id: id(word), text: word, ...(quote && { quote }) }),
      comment: (word: string, act: CommentAct, thread = 'thread') =>
        room.notes.take(member, { t: 'comment', id: id(word), thread: id(thread), act }),
      chat: (): ChatMessage[] => of('chat').map(({ message }) => message),
      thread: (): Thread | undefined => of('thread').at(-1)?.thread,
    };
  }

  /** What a server that was stopped, or killed, loads again. */
  async function reload({ kill = false } = {}): Promise<void> {
    if (!kill) await room.close();
    const stored = await storage.loadRoom('room');
    if (!stored) throw new Error('The room is not stored.');
    room = Room.load(deps, stored);
    await room.notes.ready();
  }

  const ann = await enter('Ann');
  await write([TEXT]);
  return { ann, enter, write, reload, storage, notes: () => room.notes, room: () => room };
}

describe('chat', () => {
  it('is told to everybody in one order, and each message once', async () => {
    const { ann, enter, storage, notes } = await scene();
    const bob = await enter('Bob');
    await Promise.all([ann.say('one'), bob.say('two'), ann.say('one'), ann.say('three', QUICK)]);
    expect(bob.chat().map(({ n, text, name }) => [n, text, name])).toEqual([
      [1, 'one', 'Ann'],
      [2, 'two', 'Bob'],
      [3, 'three', 'Ann'],
    ]);
    expect(bob.chat()[2]?.quote).toEqual({ from: 4, to: 9, text: 'quick', gone: null });
    // The repetition is answered, and nobody else hears of it.
    expect(ann.chat().map(({ n }) => n)).toEqual([1, 2, 1, 3]);
    expect(notes().heads).toEqual({ chat: 3 });
    expect((await enter('Carol')).of('welcome')[0]).toMatchObject({ chat: 3 });
    expect((await storage.chat('room', { limit: 9 })).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('[P2] is told only when it is durable, and says so when it cannot be', async () => {
    let fails = true;
    const { ann, enter } = await scene({
      hooks: {
        beforeWrite: async (what) => {
          if (what === 'addChat' && fails) throw new StorageUnavailable('The disk is full.');
        },
      },
    });
    const bob = await enter('Bob');
    await ann.say('one');
    expect([...ann.chat(), ...bob.chat()]).toEqual([]);
    expect(ann.of('error')).toMatchObject([{ code: 'store-down', id: id('one'), retryMs: 2_000 }]);
    fails = false;
    await ann.say('one');
    expect(bob.chat()).toMatchObject([{ n: 1, text: 'one' }]);
  });

  it('makes a room exist', async () => {
    const storage = createMemoryStorage();
    const room = Room.fresh(
      { storage, clock: new ManualClock(), log: createLog('silent'), limits: DEFAULT_SERVER_LIMITS },
      BIRTH,
    );
    const author = await room.author({ client: 'c', person: '', name: 'Ann', color: 1, kind: 'ot', link: 0 });
    const person = { author, person: '', name: 'Ann', color: 1, role: 'edit', kind: 'ot' } as const;
    await room.notes.take({ person, send: () => undefined }, { t: 'chat', id: id('one'), text: 'one' });
    expect(room.exists).toBe(true);
    expect((await storage.loadRoom('room'))?.notes.chat).toBe(1);
  });

  it('follows the newest quotes, and keeps the words of older ones', async () => {
    const { ann, write, notes, reload } = await scene({ limits: { quotesFollowed: 2 } });
    for (const word of ['one', 'two', 'three']) await ann.say(word, QUICK);
    await write(['>> ']);
    const quotes = async () => (await notes().chatPage({ limit: 9 })).messages.map(({ quote }) => quote?.from);
    expect(await quotes()).toEqual([0, 7, 7]);
    await reload();
    expect(await quotes()).toEqual([0, 7, 7]);
    expect((await notes().chatPage({ limit: 9 })).messages[0]?.quote?.text).toBe('quick');
  });
});

describe('a thread', () => {
  it('is opened, answered, changed, resolved and ended, and everybody hears how it is', async () => {
    const { ann, enter, notes } = await scene();
    const bob = await enter('Bob');
    await ann.comment('first', { kind: 'open', ...QUICK, text: 'Why?' });
    expect(bob.thread()).toMatchObject({ id: id('thread'), anchor: { from: 4, to: 9, text: 'quick' }, resolved: null });
    expect(notes().heads).toEqual({ threads: 1 });
    await bob.comment('second', { kind: 'reply', text: 'So.' });
    await bob.comment('second', { kind: 'reply', text: 'So.' });
    expect(ann.thread()?.comments.map(({ name, text }) => [name, text])).toEqual([
      ['Ann', 'Why?'],
      ['Bob', 'So.'],
    ]);
    expect(ann.of('thread')).toHaveLength(2);
    await bob.comment('second', { kind: 'change', text: 'Because.' });
    expect(ann.thread()?.comments[1]).toMatchObject({ text: 'Because.', changedAt: expect.any(Number) as number });
    await bob.comment('x', { kind: 'resolve' });
    expect(ann.thread()?.resolved).toMatchObject({ author: bob.author, name: 'Bob' });
    expect(notes().heads).toEqual({});
    await ann.comment('y', { kind: 'reopen' });
    expect(bob.thread()?.resolved).toBeNull();
    await ann.comment('first', { kind: 'delete' });
    expect(bob.thread()).toMatchObject({ id: id('thread'), ended: true });
    await bob.comment('late', { kind: 'reply', text: 'Hm.' });
    expect(bob.thread()?.ended).toBe(true);
    expect((await notes().allThreads()).threads).toEqual([]);
  });

  it('[P10] lets nobody change or delete what somebody else said, but for the owner, who may delete it', async () => {
    const { ann, enter } = await scene();
    const [bob, owner] = [await enter('Bob'), await enter('Olga', 'owner')];
    await ann.comment('first', { kind: 'open', ...QUICK, text: 'Why?' });
    await bob.comment('first', { kind: 'change', text: 'Mine.' });
    await owner.comment('first', { kind: 'change', text: 'Mine.' });
    await bob.comment('first', { kind: 'delete' });
    expect(bob.thread()?.comments).toMatchObject([{ text: 'Why?', name: 'Ann' }]);
    expect(ann.of('thread')).toHaveLength(1);
    await owner.comment('first', { kind: 'delete' });
    expect(ann.thread()?.ended).toBe(true);
  });

  it('has bounds, which are said with the socket kept open', async () => {
    const { ann } = await scene({ limits: { threads: 1, commentsPerThread: 2, commentUnits: 30 } });
    const codes = (): string[] => ann.of('error').map(({ code, id: about }) => `${code} ${about?.replaceAll('0', '')}`);
    await ann.comment('a', { kind: 'open', ...QUICK, text: 'one' });
    await ann.comment('b', { kind: 'open', ...QUICK, text: 'one' }, 'other');
    await ann.comment('c', { kind: 'reply', text: 'x'.repeat(28) });
    await ann.comment('d', { kind: 'reply', text: 'two' });
    await ann.comment('e', { kind: 'reply', text: 'two' });
    expect(codes()).toEqual(['notes-full b', 'notes-full c', 'notes-full e']);
    expect(ann.thread()?.comments).toHaveLength(2);
    const { ann: other } = await scene({ limits: { threadUnits: 10 } });
    await other.comment('a', { kind: 'open', ...QUICK, text: '12345' });
    await other.comment('b', { kind: 'reply', text: '123456' });
    await other.comment('a', { kind: 'change', text: '123456' });
    await other.comment('a', { kind: 'change', text: '54321' });
    expect(other.of('error')).toHaveLength(2);
    expect(other.thread()?.comments).toMatchObject([{ text: '54321' }]);
  });

  it('is refused for a passage that is not there', async () => {
    const { ann } = await scene();
    const open = (rev: number, from: number, to: number) =>
      ann.comment('a', { kind: 'open', rev, from, to, text: 'one' });
    await expect(open(2, 0, 1)).rejects.toMatchObject({ code: 'bad-rev' });
    await expect(open(1, 0, TEXT.length + 1)).rejects.toMatchObject({ code: 'bad-field' });
    await expect(open(0, 0, 1)).rejects.toMatchObject({ code: 'bad-field' });
  });
});

describe('a passage', () => {
  it('is found where edits have moved it since it was chosen', async () => {
    const { ann, write, notes } = await scene();
    await write(['>> ']);
    await ann.comment('first', { kind: 'open', ...QUICK, text: 'Why?' });
    expect(ann.of('thread')[0]).toMatchObject({ rev: 2, thread: { anchor: { from: 7, to: 12, text: 'quick' } } });
    await write([9, 'XX']);
    expect(await notes().allThreads()).toMatchObject({
      rev: 3,
      threads: [{ anchor: { from: 7, to: 14, text: 'quXXick' } }],
    });
  });

  it('is told to be gone, by whom, and with its last words', async () => {
    const { ann, enter, write, notes, reload } = await scene();
    const bob = await enter('Bob');
    await ann.comment('first', { kind: 'open', ...QUICK, text: 'Why?' });
    await write([6, 'e', -1]);
    await write([2, -10], bob.author);
    await notes().settled();
    const gone = { from: 2, to: 2, text: 'queck', gone: { author: bob.author, name: 'Bob' } };
    expect(ann.thread()?.anchor).toEqual(gone);
    await write(['ab']);
    await reload({ kill: true });
    expect((await notes().allThreads()).threads).toMatchObject([{ anchor: { ...gone, from: 4, to: 4 } }]);
  });

  it('is gone before its comment arrives', async () => {
    const { ann, write } = await scene();
    await write([2, -10]);
    await ann.comment('first', { kind: 'open', ...QUICK, text: 'Why?' });
    expect(ann.thread()?.anchor).toEqual({ from: 2, to: 2, text: 'quick', gone: { author: 1, name: 'Ann' } });
  });

  it.each([
    ['stopped', false],
    ['killed', true],
  ])('is right after many edits by a server that was %s', async (_, kill) => {
    const { ann, write, notes, reload, room } = await scene({
      limits: { recentEntries: 3, historyPage: 7, snapshotRevisions: 10 },
    });
    await ann.comment('a', { kind: 'open', ...QUICK, text: 'one' });
    await ann.comment('b', { kind: 'open', rev: 1, from: 10, to: 15, text: 'two' }, 'other');
    await ann.say('c', { rev: 1, from: 16, to: 19 });
    for (let round = 0; round < 25; round++) await write([`${round % 10}`]);
    await write([35, -5]);
    const picture = async (): Promise<unknown> => [
      await notes().allThreads(),
      (await notes().chatPage({ limit: 9 })).messages,
    ];
    await notes().settled();
    const before = await picture();
    await reload({ kill });
    expect(await picture()).toEqual(before);
    const { threads } = await notes().allThreads();
    const places = threads.map(({ anchor }) => room().text().slice(anchor.from, anchor.to));
    expect(places.toSorted()).toEqual(['', 'quick']);
    expect((await notes().chatPage({ limit: 9 })).messages[0]?.quote).toMatchObject({ from: 36, to: 39, text: 'fox' });
  });

  it('is cut where it is long, and never within a pair', async () => {
    const { ann, write } = await scene();
    await write([`${'😀'.repeat(400)}`]);
    await ann.say('one', { rev: 2, from: 1, to: 799 });
    expect(ann.chat()[0]?.quote).toMatchObject({ from: 0, to: 800, text: '😀'.repeat(250) });
  });
});

describe('what another node has written', () => {
  it('is told when that is said, and found by looking', async () => {
    const one = await scene();
    const { storage, ann, notes } = one;
    const other = { author: 9, name: 'Zoë', color: 2, at: 5, quote: null };
    const say = (word: string) => storage.addChat('room', { ...other, id: id(word), text: word }, 99);
    await say('one');
    notes().heard({ chat: 1 });
    await say('two');
    await ann.say('three');
    expect(ann.chat().map(({ n, text }) => `${n} ${text}`)).toEqual(['1 one', '2 two', '3 three']);

    const anchor = { rev: 0, from: 0, to: 0, text: 'x', gone: { author: 1, name: 'Ann' } };
    const comment = { id: id('c'), author: 9, name: 'Zoë', color: 2, at: 5, text: 'Hm.' };
    await storage.changeThread('room', id('a'), { kind: 'open', anchor, comment });
    notes().heard({ thread: id('a') });
    await notes().settled();
    expect(ann.thread()).toMatchObject({ id: id('a'), comments: [{ text: 'Hm.' }] });

    await say('four');
    await storage.changeThread('room', id('a'), { kind: 'delete', id: comment.id });
    await storage.changeThread('room', id('b'), { kind: 'open', anchor, comment });
    await notes().refresh();
    await notes().refresh();
    expect(ann.chat().at(-1)?.text).toBe('four');
    expect(ann.of('thread').map(({ thread }) => `${thread.id[0]} ${thread.ended ?? false}`)).toEqual([
      'a false',
      'a true',
      'b false',
    ]);
  });
});
