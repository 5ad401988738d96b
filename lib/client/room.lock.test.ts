import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { ClientFault } from './fault.ts';
import { TestScreen } from './test-screen.ts';

/** A room with one screen in it, welcomed. */
function scene({ text = 'text', locked = false } = {}) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  server.locked = locked;
  const ada = new TestScreen(server, clock, 1);
  server.settle();
  return { clock, server, ada, wire: ada.network.wire };
}

const ops = (server: FakeServer) => server.heard.filter((message) => message.t === 'op');
const titles = (server: FakeServer) => server.heard.filter((message) => message.t === 'room');

describe('a locked room', () => {
  it('[P8] is told in welcome, and whoever writes there sees "locked"', () => {
    const { server, ada } = scene({ locked: true });
    expect(ada.view).toMatchObject({ locked: true, role: 'edit', canEdit: false, status: { kind: 'locked' } });
    expect(() => ada.client.edit(['x', 4])).toThrow(ClientFault);
    expect(() => ada.client.edit(['x', 4])).toThrow(/locked/);
    expect(ada.client.text()).toBe('text');
    server.lock(false);
    server.settle();
    expect(ada.view).toMatchObject({ locked: false, canEdit: true, status: { kind: 'saved' } });
  });

  it.each(['owner', 'edit'] as const)('says so at once to a screen with the role %s, while it is in', (role) => {
    const { server, ada } = scene();
    server.role = role;
    server.lock(true);
    server.settle();
    expect(ada.view).toMatchObject({ locked: true, role, canEdit: false, status: { kind: 'locked' } });
  });

  it('says "view" to a view link, and that it is locked beside it', () => {
    const clock = new ManualClock();
    const server = new FakeServer('text');
    server.role = 'view';
    server.locked = true;
    const ada = new TestScreen(server, clock, 1);
    server.settle();
    expect(ada.view).toMatchObject({ locked: true, canEdit: false, status: { kind: 'view' } });
  });

  it('[P8] trouble is told before the lock, and nobody can edit meanwhile', () => {
    const { clock, server, ada, wire } = scene({ locked: true });
    ada.network.down = true;
    wire.cut();
    clock.advance(600);
    expect(ada.view).toMatchObject({ locked: true, canEdit: false, status: { kind: 'offline' } });
    ada.network.down = false;
    ada.network.tell('online');
    server.settle();
    expect(ada.status).toBe('locked');
  });

  it.each([
    [true, false],
    [false, true],
  ])('that was locked: %s and is locked: %s when a screen comes back is what its welcome says', (before, after) => {
    const { clock, server, ada, wire } = scene({ locked: before });
    wire.cut();
    server.locked = after;
    clock.advance(500);
    server.settle();
    expect(ada.view).toMatchObject({ locked: after, canEdit: !after, status: { kind: after ? 'locked' : 'saved' } });
  });

  it('another role that a welcome tells is followed too', () => {
    const { clock, server, ada, wire } = scene();
    wire.cut();
    server.role = 'view';
    clock.advance(500);
    server.settle();
    expect(ada.view).toMatchObject({ role: 'view', canEdit: false, status: { kind: 'view' } });
  });
});

describe('edits that a lock has overtaken', () => {
  it('[P3] typed in the moment before, they are kept and counted, and sent exactly once when the room opens', () => {
    const { clock, server, ada, wire } = scene();
    server.lock(true);
    ada.type(4, ' one');
    wire.deliverUp();
    wire.deliverDown();
    expect(ada.view).toMatchObject({ unsaved: 4, status: { kind: 'locked' }, notice: null });
    clock.advance(60_000);
    server.settle();
    // As long as it is locked nobody asks again.
    expect(ops(server)).toHaveLength(1);
    expect(ada.text).toBe('text one');
    server.lock(false);
    server.settle();
    expect(server.text).toBe('text one');
    expect(server.log).toHaveLength(2);
    expect(ada.view).toMatchObject({ unsaved: 0, status: { kind: 'saved' }, notice: null });
    expect(server.faults).toEqual([]);
  });

  it('[P3] go out at once when the room opens, whatever wait the refusal named', () => {
    const { server, ada } = scene();
    server.lockedMs = 3_600_000;
    server.lock(true);
    ada.type(4, '!');
    server.settle();
    server.lock(false);
    server.settle();
    expect(server.text).toBe('text!');
    expect(ada.view.unsaved).toBe(0);
  });

  it('[P3] one that is out and one that waits behind it both come, once each', () => {
    const { server, ada, wire } = scene();
    ada.type(4, ' one');
    ada.type(8, ' two');
    server.lock(true);
    wire.deliverUp();
    wire.deliverDown();
    expect(ada.view.unsaved).toBe(8);
    expect(server.text).toBe('text');
    server.lock(false);
    server.settle();
    expect(server.text).toBe('text one two');
    expect(ada.view.unsaved).toBe(0);
    expect(new Set(server.log.map(({ author, seq }) => `${author}/${seq}`)).size).toBe(server.log.length);
  });

  it('[P3] one that was logged before the lock is acknowledged in spite of it', () => {
    const { server, ada, wire } = scene();
    ada.type(4, '!');
    wire.deliverUp();
    server.lock(true);
    server.settle();
    expect(server.text).toBe('text!');
    expect(ada.view).toMatchObject({ unsaved: 0, status: { kind: 'locked' } });
    expect(ops(server)).toHaveLength(1);
  });

  it('refused without a word about the room before, they are sent again after the wait', () => {
    const { clock, server, ada, wire } = scene();
    server.locked = true;
    ada.type(4, '!');
    wire.deliverUp();
    wire.deliverDown();
    expect(ada.view.notice).toBeNull();
    server.locked = false;
    clock.advance(server.lockedMs - 1);
    server.settle();
    expect(ops(server)).toHaveLength(1);
    clock.advance(1);
    server.settle();
    expect(server.text).toBe('text!');
    expect(ops(server)).toHaveLength(2);
  });

  it('[P5] survive a break in the locked room, and go out when it opens', () => {
    const { clock, server, ada, wire } = scene();
    ada.type(4, '!');
    wire.cut();
    server.locked = true;
    clock.advance(500);
    server.settle();
    expect(ada.view).toMatchObject({ unsaved: 1, canEdit: false, status: { kind: 'locked' } });
    expect(ops(server)).toEqual([]);
    server.lock(false);
    server.settle();
    expect(server.text).toBe('text!');
  });

  it('typed offline after the room was locked there, they wait for it as well', () => {
    const { clock, server, ada, wire } = scene();
    wire.cut();
    server.locked = true;
    ada.type(4, ' offline');
    clock.advance(500);
    server.settle();
    expect(ada.view).toMatchObject({ unsaved: 8, status: { kind: 'locked' } });
    wire.cut();
    server.locked = false;
    ada.network.wire.cut();
    clock.advance(5_000);
    server.settle();
    expect(server.text).toBe('text offline');
    expect(ada.status).toBe('saved');
  });
});

describe('a title that a lock has overtaken', () => {
  it('waits and is told when the room opens', () => {
    const { server, ada } = scene();
    server.lock(true);
    ada.client.setTitle('Notes');
    server.settle();
    expect(ada.view).toMatchObject({ title: 'Notes', notice: null });
    expect(server.title).toBe('');
    server.lock(false);
    server.settle();
    expect(titles(server).at(-1)).toEqual({ t: 'room', title: 'Notes' });
  });

  it('is not even sent while the room is known to be locked', () => {
    const { clock, server, ada, wire } = scene({ locked: true });
    ada.client.setTitle('Notes');
    server.settle();
    wire.cut();
    clock.advance(500);
    server.settle();
    expect(titles(server)).toEqual([]);
    server.lock(false);
    server.settle();
    expect(titles(server)).toEqual([{ t: 'room', title: 'Notes' }]);
  });
});

it('an answer "too fast" still says so, and only that', () => {
  const { server, ada } = scene();
  server.broadcast({ t: 'error', code: 'too-fast', message: 'Slowly.', retryMs: 2_000 });
  server.settle();
  expect(ada.view.notice).toEqual({ kind: 'tooFast', retryMs: 2_000 });
});
