import { describe, expect, it } from 'vitest';
import type { ChatMessage, RoomClient, RoomView, TalkEvent, TalkMessage } from '../../lib/client/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import { ChatStore } from './chat-store.ts';
import { CHAT_PAGE, type ChatPage } from './notes-api.ts';

const message = (n: number, id = `id-${n}`): ChatMessage => ({
  n,
  id,
  author: 1,
  name: 'Ann',
  color: 7,
  at: n,
  text: `Message ${n}`,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

/** A room whose server is in the hands of the test: `answer` ends the oldest read. */
function scene({ online = true } = {}) {
  const clock = new ManualClock();
  const reads: { before: number | undefined; resolve: (page: ChatPage) => void; reject: (error: Error) => void }[] = [];
  const sent: TalkMessage[] = [];
  const heard = new Set<(event: TalkEvent) => void>();
  const views = new Set<() => void>();
  const view = { token: 'token', rev: 3, unsaved: 0, online, chat: 0 } as RoomView;
  const client: Partial<RoomClient> = {
    view: () => view,
    subscribe: (listener) => (views.add(listener), () => views.delete(listener)),
    onTalk: (listener) => (heard.add(listener), () => heard.delete(listener)),
    talk: (one) => view.online && one.t !== 'writing' && sent.push(one) > 0,
    locate: (_, position) => position,
    publish: () => undefined,
  };
  let ids = 0;
  const store = new ChatStore(client as RoomClient, {
    read: (_, before) => new Promise((resolve, reject) => reads.push({ before, resolve, reject })),
    after: clock.after,
    newId: () => `own-${++ids}`,
    editor: () => null,
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    store,
    reads,
    sent,
    async answer(messages: readonly ChatMessage[] | Error) {
      const read = reads.shift();
      if (messages instanceof Error) read?.reject(messages);
      else read?.resolve({ rev: 3, messages });
      await settle();
    },
    hear(event: Partial<TalkEvent>) {
      for (const listener of heard) listener(event as TalkEvent);
    },
    say: (one: ChatMessage) => {
      for (const listener of heard) listener({ t: 'chat', rev: 3, message: one });
    },
    connect() {
      Object.assign(view, { online: true });
      for (const listener of heard) listener({ t: 'welcome', chat: 0 } as TalkEvent);
      for (const listener of views) listener();
    },
    numbers: () => store.view().messages.map(({ n }) => n),
  };
}

describe('ChatStore', () => {
  it('loads the newest messages and adds what is said', async () => {
    const { store, answer, say, numbers } = scene();
    expect(store.view().load).toBe('loading');
    await answer(range(1, 2));
    say(message(3));
    expect([numbers(), store.view().load, store.view().older]).toEqual([[1, 2, 3], 'ready', 'none']);
    say(message(3));
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it('loses nothing that is said while the answer is on its way', async () => {
    const { answer, say, numbers } = scene();
    say(message(1));
    say(message(2));
    await answer([]);
    expect(numbers()).toEqual([1, 2]);
  });

  it('loads older messages page by page until there are none', async () => {
    const { store, reads, answer, numbers } = scene();
    await answer(range(61, 60 + CHAT_PAGE));
    expect(store.view().older).toBe('some');
    void store.loadOlder();
    void store.loadOlder();
    expect(reads.map(({ before }) => before)).toEqual([61]);
    await answer(new Error('gone'));
    expect(store.view().older).toBe('failed');
    void store.loadOlder();
    await answer(range(11, 60));
    expect([numbers()[0], store.view().older]).toEqual([11, 'some']);
    void store.loadOlder();
    // The server keeps no more than it does: number 1 may be gone.
    await answer(range(4, 10));
    expect([numbers()[0], numbers().length, store.view().older]).toEqual([4, 57 + CHAT_PAGE, 'none']);
  });

  it('after a reconnect, forgets what lies before a hole, and can load it again', async () => {
    const { store, reads, answer, hear, numbers } = scene();
    await answer(range(1, 3));
    hear({ t: 'welcome', chat: 200 });
    await answer(range(151, 200));
    expect([numbers()[0], numbers().length, store.view().older]).toEqual([151, 50, 'some']);
    hear({ t: 'welcome', chat: 200 });
    expect(reads).toHaveLength(0);
    hear({ t: 'welcome', chat: 201 });
    await answer(range(152, 201));
    expect([numbers()[0], numbers().length]).toEqual([151, 51]);
  });

  it('fails in words, and tries again with the next welcome', async () => {
    const { store, answer, hear, numbers } = scene();
    await answer(new Error('offline'));
    expect(store.view().load).toBe('failed');
    hear({ t: 'welcome', chat: 1 });
    expect(store.view().load).toBe('loading');
    await answer(range(1, 1));
    expect([store.view().load, numbers()]).toEqual(['ready', [1]]);
  });

  it('keeps what is said offline, sends it once, and shows it once', async () => {
    const { store, sent, answer, say, connect, numbers } = scene({ online: false });
    await answer([]);
    store.say('  Hello\u0007  \n\n\n\nthere ', null);
    expect(store.view().waiting).toMatchObject([{ id: 'own-1', text: 'Hello\n\nthere', state: { kind: 'waiting' } }]);
    expect(sent).toEqual([]);
    connect();
    await answer([]);
    expect(sent).toEqual([{ t: 'chat', id: 'own-1', text: 'Hello\n\nthere' }]);
    say(message(1, 'own-1'));
    expect([numbers(), store.view().waiting]).toEqual([[1], []]);
  });
});
