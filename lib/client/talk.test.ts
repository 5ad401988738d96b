import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';
import type { TalkEvent, TalkMessage } from './types.ts';

const id = (n: number) => String(n).padStart(22, '0');
const chat = (n: number): TalkMessage => ({ t: 'chat', id: id(n), text: `Message ${n}` });

function scene(text = 'One two three') {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const ada = new TestScreen(server, clock, 1);
  const events: TalkEvent[] = [];
  const stop = ada.client.onTalk((event) => events.push(event));
  return { clock, server, ada, events, stop };
}

describe('chat and comments in a room', () => {
  it('are counted in the view: what the welcome says, and what comes after it', () => {
    const { server, ada } = scene();
    server.talk.take(7, { t: 'chat', id: id(9), text: 'Before' }, 1);
    expect([ada.view.chat, ada.view.threads]).toEqual([0, 0]);
    server.settle();
    expect([ada.view.chat, ada.view.threads]).toEqual([1, 0]);
    ada.client.talk(chat(1));
    ada.client.talk({
      t: 'comment',
      id: id(2),
      thread: id(3),
      act: { kind: 'open', rev: 1, from: 0, to: 3, text: 'Why?' },
    });
    server.settle();
    expect([ada.view.chat, ada.view.threads]).toEqual([2, 1]);
  });

  it('are heard in order, welcomes and errors about them included, until one stops', () => {
    const { server, ada, events, stop } = scene();
    server.settle();
    ada.client.talk(chat(1));
    server.settle();
    server.talk.refuse = { retryMs: 900 };
    ada.client.talk(chat(2));
    server.settle();
    expect(events.map(({ t }) => t)).toEqual(['welcome', 'chat', 'error']);
    // "Not now" to a message says nothing of edits.
    expect(ada.view.notice).toBeNull();
    ada.type(0, 'x');
    server.settle();
    expect(server.text).toBe('xOne two three');
    stop();
    ada.client.talk(chat(3));
    server.settle();
    expect(events).toHaveLength(3);
  });

  it('are not sent offline, by a view link, or into a locked room', () => {
    const { server, ada } = scene();
    expect(ada.client.talk(chat(1))).toBe(false);
    server.settle();
    expect(ada.client.talk(chat(1))).toBe(true);
    server.lock(true);
    server.settle();
    expect(ada.client.talk(chat(2))).toBe(false);
    server.lock(false);
    server.role = 'view';
    server.lock(false);
    server.settle();
    expect(ada.client.talk(chat(2))).toBe(false);
  });
});

describe('locate', () => {
  it('moves a position through what came since, and through what waits here', () => {
    const { server, ada } = scene();
    server.settle();
    server.write(50, ['# ']);
    server.settle();
    ada.network.wire.swallow();
    ada.type(0, 'abc');
    // "two" at revision 1.
    expect(ada.client.locate(1, 4, 'after')).toBe(ada.text.indexOf('two'));
    expect(ada.client.locate(2, 6, 'after')).toBe(ada.text.indexOf('two'));
  });

  it('knows the two sides of an insert', () => {
    const { server, ada } = scene();
    server.settle();
    server.write(50, [4, 'new ']);
    server.settle();
    expect(ada.client.locate(1, 4, 'before')).toBe(4);
    expect(ada.client.locate(1, 4, 'after')).toBe(8);
  });

  it('says so when the revision is not here yet, or from before anybody listened', () => {
    const { clock, server } = scene();
    const late = new TestScreen(server, clock, 2);
    server.settle();
    server.write(50, ['x']);
    server.settle();
    late.client.onTalk(() => undefined);
    expect(late.client.locate(1, 0, 'after')).toBeNull();
    expect(late.client.locate(2, 0, 'after')).toBe(0);
    expect(late.client.locate(3, 0, 'after')).toBeNull();
    server.write(50, ['y']);
    server.settle();
    expect(late.client.locate(3, 0, 'after')).toBe(0);
    expect(late.client.locate(2, 0, 'after')).toBe(1);
  });

  it('forgets everything when the text is another one', () => {
    const { clock, server, ada } = scene();
    server.settle();
    server.write(50, ['x']);
    server.settle();
    expect(ada.client.locate(1, 0, 'after')).toBe(1);
    server.restore('Other', 'epoch-2');
    server.settle();
    clock.advance(60_000);
    server.settle();
    expect(ada.text).toBe('Other');
    expect(ada.client.locate(0, 0, 'after')).toBeNull();
    expect(ada.client.locate(1, 0, 'after')).toBe(0);
  });
});
