import { describe, expect, it } from 'vitest';
import type { CommentAct } from '../protocol/index.ts';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TalkQueue } from './talk-queue.ts';
import { TestScreen } from './test-screen.ts';
import type { TalkMessage } from './types.ts';

const id = (n: number) => String(n).padStart(22, '0');
const chat = (n: number): TalkMessage => ({ t: 'chat', id: id(n), text: `Message ${n}` });
const comment = (n: number, act: CommentAct): TalkMessage => ({ t: 'comment', id: id(n), thread: id(100), act });
const open: CommentAct = { kind: 'open', rev: 1, from: 0, to: 4, text: 'Why?' };

function scene() {
  const clock = new ManualClock();
  const server = new FakeServer('text');
  const ada = new TestScreen(server, clock, 1);
  let changes = 0;
  const queue = new TalkQueue(ada.client, clock.after, () => (changes += 1));
  const back = () => {
    clock.advance(1_000);
    server.settle();
  };
  const sent = () => server.heard.filter(({ t }) => t === 'chat' || t === 'comment');
  const states = () => queue.all.map(({ state }) => state.kind);
  return { clock, server, ada, queue, back, sent, states, changes: () => changes };
}

describe('TalkQueue', () => {
  it('keeps a message until its own id comes back', () => {
    const { server, queue, states, changes } = scene();
    server.settle();
    queue.add(chat(1));
    expect(states()).toEqual(['sent']);
    server.settle();
    expect(states()).toEqual([]);
    expect(changes()).toBeGreaterThan(0);
    expect(server.talk.chat.map(({ text }) => text)).toEqual(['Message 1']);
  });

  it('sends what was said offline after the reconnect, in order, each once', () => {
    const { server, ada, queue, back, sent, states } = scene();
    queue.add(chat(1));
    queue.add(chat(2));
    expect(states()).toEqual(['waiting', 'waiting']);
    server.settle();
    expect(server.talk.chat.map(({ id: one }) => one)).toEqual([id(1), id(2)]);
    // One at a time: the second leaves when the first is answered.
    queue.add(chat(3));
    queue.add(chat(4));
    expect(states()).toEqual(['sent', 'waiting']);
    ada.network.wire.deliverUp();
    ada.network.wire.cut();
    expect(server.talk.chat).toHaveLength(3);
    back();
    expect(server.talk.chat.map(({ id: one }) => one)).toEqual([1, 2, 3, 4].map(id));
    expect(sent().filter((one) => one.t === 'chat' && one.id === id(3))).toHaveLength(2);
    expect(states()).toEqual([]);
  });

  it('waits as long as the server asks, and no later message passes', () => {
    const { clock, server, queue, sent, states } = scene();
    server.settle();
    server.talk.refuse = { retryMs: 700 };
    queue.add(chat(1));
    queue.add(chat(2));
    server.settle();
    expect(states()).toEqual(['waiting', 'waiting']);
    clock.advance(699);
    server.settle();
    expect(sent()).toHaveLength(1);
    clock.advance(1);
    server.settle();
    expect(server.talk.chat.map(({ id: one }) => one)).toEqual([id(1), id(2)]);
  });

  it('a message that was refused for good waits for its person, and holds up nobody', () => {
    const { server, queue, states } = scene();
    server.settle();
    server.talk.refuse = {};
    queue.add(chat(1));
    queue.add(chat(2));
    server.settle();
    expect(states()).toEqual(['refused']);
    expect(queue.all[0]?.state).toEqual({ kind: 'refused', why: 'No such passage.' });
    queue.retry(id(1));
    server.settle();
    expect(server.talk.chat.map(({ id: one }) => one)).toEqual([id(2), id(1)]);
    server.talk.refuse = {};
    queue.add(chat(3));
    server.settle();
    queue.drop(id(3));
    expect(states()).toEqual([]);
  });

  it('stamps a message whenever it leaves, and not before it can be', () => {
    const { server, ada, queue, back, states } = scene();
    const stamps: string[] = [];
    let ready = false;
    const stamp = (n: number) => () => {
      if (!ready) return null;
      stamps.push('stamp');
      return comment(n, open);
    };
    server.settle();
    queue.add(comment(1, open), stamp(1));
    queue.add(chat(2));
    server.settle();
    expect([states(), stamps]).toEqual([['waiting', 'waiting'], []]);
    ready = true;
    ada.type(0, 'x');
    ada.network.wire.deliverUp();
    ada.network.wire.cut();
    back();
    // For both of its ways: the first revision may be forgotten when it goes the second time.
    expect([states(), stamps]).toEqual([[], ['stamp', 'stamp']]);
    server.talk.refuse = {};
    queue.add(comment(3, open), stamp(3));
    server.settle();
    expect(states()).toEqual(['refused']);
    queue.retry(id(3));
    expect(stamps).toHaveLength(4);
  });

  it('what cannot be stamped any more is refused here, and the next one goes', () => {
    const { server, queue, states } = scene();
    server.settle();
    queue.add(comment(1, open), () => ({ refused: 'The passage is gone.' }));
    queue.add(chat(2));
    server.settle();
    expect(queue.all.map(({ state }) => state)).toEqual([{ kind: 'refused', why: 'The passage is gone.' }]);
    expect(server.talk.chat).toHaveLength(1);
    expect(states()).toEqual(['refused']);
  });

  it('waits while the room is locked, and goes out when it opens', () => {
    const { server, queue, states } = scene();
    server.settle();
    server.lock(true);
    server.settle();
    queue.add(chat(1));
    server.settle();
    expect(states()).toEqual(['waiting']);
    server.lock(false);
    server.settle();
    expect(states()).toEqual([]);
    expect(server.talk.chat).toHaveLength(1);
  });

  it.each<CommentAct>([
    { kind: 'reply', text: 'Because.' },
    { kind: 'change', text: 'Who?' },
    { kind: 'resolve' },
    { kind: 'reopen' },
    { kind: 'delete' },
  ])('$kind is answered by a thread that is as it says, also if the first answer got lost', (act) => {
    const { server, ada, queue, back, states } = scene();
    server.settle();
    queue.add(comment(1, open));
    server.settle();
    expect(states()).toEqual([]);
    queue.add(comment(act.kind === 'reply' ? 2 : 1, act));
    ada.network.wire.deliverUp();
    ada.network.wire.cut();
    expect(states()).toEqual(['sent']);
    back();
    expect(states()).toEqual([]);
    expect(server.talk.threads.size).toBe(act.kind === 'delete' ? 0 : 1);
  });

  it("is not deceived by somebody else's word in the same thread", () => {
    const { server, ada, queue, states } = scene();
    server.settle();
    queue.add(comment(1, open));
    server.settle();
    const thread = server.talk.threads.get(id(100));
    queue.add(comment(2, { kind: 'reply', text: 'Because.' }));
    if (thread) server.broadcast({ t: 'thread', rev: 1, thread });
    ada.network.wire.deliverDown();
    expect(states()).toEqual(['sent']);
    server.settle();
    expect(states()).toEqual([]);
  });

  it("does not wait for a change of somebody else's comment, which the server never makes", () => {
    const { server, queue, states } = scene();
    server.talk.take(77, { t: 'comment', id: id(1), thread: id(100), act: open }, 1);
    server.settle();
    for (const act of [{ kind: 'change', text: 'Mine' }, { kind: 'delete' }] as const) {
      queue.add(comment(1, act));
      server.settle();
      expect(states()).toEqual([]);
    }
  });

  it('a message that was fetched needs no other answer', () => {
    const { server, ada, queue, states } = scene();
    server.settle();
    queue.add(chat(1));
    ada.network.wire.deliverUp();
    const [message] = server.talk.chat;
    expect(message && queue.settle({ t: 'chat', rev: 1, message })).toBe(true);
    expect(states()).toEqual([]);
    expect(message && queue.settle({ t: 'chat', rev: 1, message })).toBe(false);
  });

  it('sends nothing more once it is stopped', () => {
    const { clock, server, queue, sent } = scene();
    server.settle();
    server.talk.refuse = { retryMs: 700 };
    queue.add(chat(1));
    server.settle();
    const pending = clock.pending;
    queue.stop();
    expect(clock.pending).toBe(pending - 1);
    clock.advance(5_000);
    server.settle();
    expect(sent()).toHaveLength(1);
  });
});
