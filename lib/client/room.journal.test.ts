import { describe, expect, it } from 'vitest';
import { FakeDevice, FakeServer, ManualClock } from '../testing/index.ts';
import type { KeptRoom } from './journal.ts';
import { readKept } from './read-kept.ts';
import { TestScreen } from './test-screen.ts';

const CLIENT = (id: number) => `client${String(id).padStart(16, '0')}`;

/** A browser with a disk, in which pages come and go. */
function scene(text = 'The text.') {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const device = new FakeDevice();
  const screen = new TestScreen(server, clock, 1, { device });
  server.settle();
  return { clock, server, device, screen };
}

function found(device: FakeDevice, id = 1): KeptRoom {
  const { record, base } = device.find(CLIENT(id)) ?? {};
  const kept = readKept(record, base);
  if (!kept) throw new Error('Nothing that can be read is kept.');
  return kept;
}

/** The page dies without a word; another one opens the room from what was kept. */
function crashAndReopen({ clock, server, device, screen }: ReturnType<typeof scene>, offline = false, initial = false) {
  device.crash();
  const kept = found(device);
  // Nothing of the dead page may run on.
  screen.network.journal?.die();
  screen.network.down = true;
  screen.network.wire.cut();
  return new TestScreen(server, clock, 9, { device, kept, offline, withoutPage: !initial });
}

const ops = (server: FakeServer) => server.heard.filter((message) => message.t === 'op');
const agree = (server: FakeServer, screen: TestScreen) => {
  expect(screen.text).toBe(server.text);
  expect(screen.client.text()).toBe(server.text);
  expect(screen.view.unsaved).toBe(0);
  expect(server.faults).toEqual([]);
};

describe('before an edit is sent', () => {
  it('[P5] it is in the journal: nothing leaves while a write is under way', () => {
    const { server, device, screen } = scene();
    device.mode = 'held';
    screen.type(0, 'a');
    server.settle();
    expect(ops(server)).toEqual([]);
    device.release();
    expect(found(device).record.outstanding).toMatchObject({ seq: 1, op: ['a'] });
    server.settle();
    expect(server.text).toBe('aThe text.');
    agree(server, screen);
  });

  it('[P5] typing goes on meanwhile, and stays out of what is frozen', () => {
    const { server, device, screen } = scene();
    device.mode = 'held';
    screen.type(0, 'a');
    screen.type(1, 'b');
    device.release(1);
    server.settle();
    expect(ops(server).map(({ op }) => op)).toEqual([['a']]);
    device.mode = 'prompt';
    device.release();
    server.settle();
    agree(server, screen);
    expect(server.text).toBe('abThe text.');
  });

  it('[P3] an edit that gets another content under its number, after a change of epoch, is written again', () => {
    const { clock, server, device, screen } = scene();
    screen.type(0, 'one ');
    server.settle();
    server.holding = true;
    screen.type(4, 'two ');
    server.settle();
    screen.type(8, 'three ');
    device.mode = 'held';
    server.restore('The backup.', 'epoch-2');
    server.holding = false;
    server.settle();
    clock.advance(1_000);
    server.settle();
    const sentAfter = () =>
      server.heard.slice(server.heard.findLastIndex(({ t }) => t === 'hello')).filter(({ t }) => t === 'op');
    expect(sentAfter()).toEqual([]);
    device.release();
    server.settle();
    expect(sentAfter()).toHaveLength(1);
    expect(found(device).record).toMatchObject({ epoch: 'epoch-2', outstanding: { seq: 1 } });
    device.mode = 'prompt';
    device.release();
    server.settle();
    agree(server, screen);
  });

  it('[P3] so is one that got another content because others had made it empty', () => {
    const { clock, server, device, screen } = scene('gone');
    screen.type(0, '', 4);
    screen.network.wire.cut();
    screen.type(0, 'new');
    device.mode = 'held';
    server.write(77, [-4]);
    server.forget();
    clock.advance(1_000);
    server.settle();
    expect(ops(server)).toEqual([]);
    device.mode = 'prompt';
    device.release();
    server.settle();
    expect(ops(server).map(({ seq, op }) => [seq, op])).toEqual([[1, ['new']]]);
    agree(server, screen);
  });

  it('typing costs a small write now and then, not the text again', () => {
    const { clock, server, device, screen } = scene('x'.repeat(50_000));
    clock.advance(2_000);
    screen.network.down = true;
    screen.network.wire.cut();
    const before = { writes: device.writes, baseWrites: device.baseWrites };
    for (let key = 0; key < 100; key++) {
      screen.type(key, 'k');
      clock.advance(50);
    }
    expect(device.baseWrites - before.baseWrites).toBe(0);
    expect(device.writes - before.writes).toBeLessThan(30);
    expect(device.writes - before.writes).toBeGreaterThan(15);
    clock.advance(200);
    expect(found(device).record.buffer).toEqual(['k'.repeat(100)]);
    expect(server.text).toHaveLength(50_000);
  });

  it('very much of it is written less often, for all that waits is written each time', () => {
    const { clock, device, screen } = scene();
    screen.network.down = true;
    screen.network.wire.cut();
    screen.type(0, 'x'.repeat(500_000));
    clock.advance(699);
    expect(device.find(CLIENT(1))).toBeNull();
    clock.advance(1);
    expect(found(device).record.buffer).toEqual(['x'.repeat(500_000)]);
  });

  it('hidden or left, the page writes at once', () => {
    const { device, screen } = scene();
    screen.network.down = true;
    screen.network.wire.cut();
    screen.type(0, 'last words ');
    screen.network.journal?.leave();
    expect(found(device).record.buffer).toEqual(['last words ']);
  });

  it('leaves no record of a fresh room that nobody wrote in', () => {
    const clock = new ManualClock();
    const server = new FakeServer();
    const device = new FakeDevice();
    const screen = new TestScreen(server, clock, 1, {
      device,
      create: { owner: 'o'.repeat(22), view: 'v'.repeat(22) },
    });
    server.settle();
    clock.advance(5_000);
    screen.client.close();
    expect(device.find(CLIENT(1))).toBeNull();
    expect(clock.pending).toBe(0);
  });
});

describe('a page that died', () => {
  it('[P5] offline comes back offline with its text and its count', () => {
    const all = scene();
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(9, ' More.');
    all.clock.advance(200);
    const again = crashAndReopen(all, true);
    expect(again.text).toBe('The text. More.');
    expect(again.view).toMatchObject({ unsaved: 6, canEdit: true, journal: 'ok', dots: { device: true, disk: false } });
    again.type(15, ' Even more.');
    expect(again.view.unsaved).toBe(17);
    again.network.down = false;
    again.network.tell('online');
    all.server.settle();
    expect(all.server.text).toBe('The text. More. Even more.');
    agree(all.server, again);
  });

  it('[P3] between the write and the sending sends once', () => {
    const all = scene();
    all.screen.type(0, 'a');
    const again = crashAndReopen(all);
    all.server.settle();
    expect(all.server.text).toBe('aThe text.');
    expect(ops(all.server).map(({ seq }) => seq)).toEqual([1]);
    agree(all.server, again);
  });

  it('[P3] between the sending and the answer does not send again', () => {
    const all = scene();
    all.screen.type(0, 'a');
    all.screen.network.wire.deliverUp();
    all.screen.type(1, 'b');
    all.clock.advance(200);
    const again = crashAndReopen(all);
    expect(again.view.unsaved).toBe(2);
    all.server.settle();
    expect(all.server.text).toBe('abThe text.');
    expect(ops(all.server).map(({ seq, op }) => [seq, op])).toEqual([
      [1, ['a']],
      [2, [1, 'b']],
    ]);
    agree(all.server, again);
  });

  it('[P3] the same when the server can only give its text', () => {
    const all = scene();
    all.screen.type(0, 'a');
    all.screen.network.wire.deliverUp();
    all.screen.type(1, 'b');
    all.clock.advance(200);
    all.server.forget();
    all.server.limits = { ...all.server.limits, catchUp: 0 };
    const again = crashAndReopen(all);
    all.server.settle();
    expect(all.server.text).toBe('abThe text.');
    agree(all.server, again);
  });

  it('[P5] transforms what it has over all that came meanwhile', () => {
    const all = scene();
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(4, 'long ');
    all.clock.advance(200);
    for (let count = 0; count < 50; count++) all.server.write(77, ['. ']);
    const again = crashAndReopen(all, false, true);
    expect(again.text).toBe('The long text.');
    all.server.settle();
    expect(all.server.text).toBe(`${'. '.repeat(50)}The long text.`);
    agree(all.server, again);
  });

  it('[P5] 100,000 revisions ago resumes by transform, and the editor gets one change for each frame', () => {
    const all = scene('x'.repeat(1_000));
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(500, 'Mine. ');
    all.clock.advance(200);
    for (let count = 0; count < 100_000; count++) {
      all.server.log.push({ author: 77, seq: count + 1, op: [1 + (count % 500), 'y'] });
    }
    all.server.text = `${'y'.repeat(100_000)}${'x'.repeat(1_000)}`;
    const again = crashAndReopen(all, false, false);
    const before = again.changes.length;
    all.server.settle();
    expect(again.view).toMatchObject({ rev: 100_002, unsaved: 0, notice: null });
    expect(again.changes.length - before).toBe(100);
    expect(again.text).toContain('Mine. ');
    expect(again.text).toHaveLength(101_006);
  });

  it('[P3] twice over, and each time at another moment', () => {
    const all = scene();
    all.screen.type(0, 'a');
    all.screen.network.wire.deliverUp();
    const second = crashAndReopen(all);
    second.network.wire.open();
    second.network.wire.deliverUp();
    second.network.wire.deliverDown();
    second.type(0, 'b');
    second.network.wire.deliverUp();
    const third = crashAndReopen({ ...all, screen: second });
    all.server.settle();
    expect(all.server.text).toBe('baThe text.');
    agree(all.server, third);
  });

  it('goes on as the same client, and begins with the newer text of the page if nothing waits', () => {
    const all = scene();
    all.screen.type(0, 'a');
    all.server.settle();
    all.clock.advance(1_000);
    all.server.write(77, ['# ']);
    const again = crashAndReopen(all, false, true);
    expect(again.text).toBe('# aThe text.');
    all.server.settle();
    again.type(0, 'b');
    all.server.settle();
    expect(new Set(all.server.heard.flatMap((one) => (one.t === 'hello' ? [one.client] : [])))).toEqual(
      new Set([CLIENT(1)]),
    );
    expect(ops(all.server).map(({ seq }) => seq)).toEqual([1, 2]);
    agree(all.server, again);
  });

  it('[P3] that was only asleep, and was taken over meanwhile, doubles nothing when it wakes up', () => {
    const all = scene();
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(9, ' Asleep.');
    all.clock.advance(200);
    const other = new TestScreen(all.server, all.clock, 9, { kept: found(all.device), withoutPage: true });
    all.server.settle();
    other.client.close();
    expect(all.server.text).toBe('The text. Asleep.');
    all.screen.network.down = false;
    all.screen.network.tell('visible');
    all.server.settle();
    expect(all.server.text).toBe('The text. Asleep.');
    expect(all.screen.view.notice).toEqual({ kind: 'rebased', copy: 'The text. Asleep.' });
    agree(all.server, all.screen);
  });

  it('[P5] with a record older than what was sent, and nothing waiting in it, loses nothing that is typed now', () => {
    const all = scene();
    all.clock.advance(1_000);
    const stale = all.device.find(CLIENT(1));
    all.screen.type(0, 'a');
    all.server.settle();
    all.screen.network.wire.cut();
    const kept = readKept(stale?.record, stale?.base);
    if (!kept) throw new Error('unreadable');
    const again = new TestScreen(all.server, all.clock, 9, { kept });
    again.type(0, 'b');
    all.server.settle();
    expect(all.server.text).toBe('baThe text.');
    agree(all.server, again);
  });

  it('[P5] a second time before it had heard of the server loses nothing of what it had typed', () => {
    const all = scene();
    all.screen.type(0, 'a');
    all.server.settle();
    all.clock.advance(1_000);
    const second = crashAndReopen(all, true, true);
    second.type(0, 'b');
    all.clock.advance(200);
    const third = crashAndReopen({ ...all, screen: second });
    all.server.settle();
    expect(all.server.text).toBe('baThe text.');
    agree(all.server, third);
  });

  it('[P5] in a fresh room that never reached the server makes the room', () => {
    const clock = new ManualClock();
    const server = new FakeServer();
    const device = new FakeDevice();
    const create = { owner: 'o'.repeat(22), view: 'v'.repeat(22) };
    const screen = new TestScreen(server, clock, 1, { device, create, offline: true });
    screen.type(0, 'Hello');
    screen.client.setTitle('Greeting');
    clock.advance(1_000);
    const again = crashAndReopen({ clock, server, device, screen });
    expect(again.view).toMatchObject({ canEdit: true, title: 'Greeting', unsaved: 5 });
    server.settle();
    expect(server.text).toBe('Hello');
    expect(server.heard.findLast(({ t }) => t === 'hello')).toMatchObject({ create });
    expect(server.heard).toContainEqual({ t: 'room', title: 'Greeting' });
  });

  it('[P3] with a record older than what was sent keeps that as a copy instead of sending it twice', () => {
    const all = scene();
    all.screen.network.wire.swallow();
    all.screen.type(0, 'a');
    all.screen.type(1, 'b');
    all.clock.advance(200);
    const stale = all.device.find(CLIENT(1));
    all.clock.advance(20_000);
    all.server.settle();
    all.clock.advance(1_000);
    all.server.settle();
    expect(all.server.text).toBe('abThe text.');
    const kept = readKept(stale?.record, stale?.base);
    if (!kept) throw new Error('unreadable');
    const again = new TestScreen(all.server, all.clock, 9, { kept, withoutPage: true });
    all.server.settle();
    expect(all.server.text).toBe('abThe text.');
    expect(again.view.notice).toEqual({ kind: 'rebased', copy: 'abThe text.' });
    agree(all.server, again);
  });

  it('[P3] with a record older than what a restored backup has of it keeps that as a copy too', () => {
    const all = scene();
    all.screen.network.wire.swallow();
    all.screen.type(0, 'a');
    all.screen.type(1, 'b');
    all.clock.advance(200);
    const stale = all.device.find(CLIENT(1));
    all.clock.advance(20_000);
    all.server.settle();
    all.clock.advance(1_000);
    all.server.settle();
    const settled = [...all.server.settled];
    all.server.restore('abThe text.', 'epoch-2');
    for (const [author, last] of settled) all.server.settled.set(author, last);
    const kept = readKept(stale?.record, stale?.base);
    if (!kept) throw new Error('unreadable');
    const again = new TestScreen(all.server, all.clock, 9, { kept, withoutPage: true });
    all.server.settle();
    expect(all.server.text).toBe('abThe text.');
    expect(again.view.notice).toEqual({ kind: 'rebased', copy: 'abThe text.' });
    agree(all.server, again);
  });

  it('[P5] whose room came out of a backup merges, keeps a copy and says so', () => {
    const all = scene();
    all.screen.type(9, ' Mine.');
    all.server.settle();
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(15, ' Unsent.');
    all.clock.advance(200);
    all.server.restore('The text. Theirs.', 'epoch-2');
    const again = crashAndReopen(all);
    all.server.settle();
    expect(all.server.text).toContain('Unsent.');
    expect(all.server.text).toContain('Theirs.');
    expect(again.view.notice).toEqual({ kind: 'rebased', copy: 'The text. Mine. Unsent.' });
    agree(all.server, again);
  });

  it('[P5] whose room was deleted has the text, and says that the room is gone', () => {
    const all = scene();
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(9, ' Mine.');
    all.clock.advance(200);
    const again = crashAndReopen(all);
    again.network.wire.open();
    again.network.wire.cut(4404);
    expect(again.view.status).toEqual({ kind: 'lost', code: 4404, reason: 'deleted' });
    expect(again.client.text()).toBe('The text. Mine.');
    expect(again.view.unsaved).toBe(6);
    again.client.close();
    expect(found(all.device).record.buffer).toEqual([9, ' Mine.']);
  });
});

describe('a room without a screen', () => {
  function orphan(all: ReturnType<typeof scene>) {
    all.screen.network.down = true;
    all.screen.network.wire.cut();
    all.screen.type(9, ' Unsent.');
    all.clock.advance(200);
    all.device.crash();
    all.screen.network.journal?.die();
    const before = all.device.find(CLIENT(1));
    return (asked: () => void) => {
      const room = new TestScreen(all.server, all.clock, 9, {
        device: all.device,
        kept: found(all.device),
        withoutPage: true,
        onNeedsPerson: asked,
      });
      all.server.settle();
      room.client.close();
      return before;
    };
  }

  it('[P3] [P5] sends what was left, and leaves a record with nothing to send', () => {
    const all = scene();
    let asked = 0;
    orphan(all)(() => (asked += 1));
    expect(asked).toBe(0);
    expect(all.server.text).toBe('The text. Unsent.');
    expect(found(all.device).record).toMatchObject({ outstanding: null, buffer: null });
  });

  it('[P5] leaves a merge to a page that somebody looks at: nothing is sent, and nothing of the record is lost', () => {
    const all = scene();
    const open = orphan(all);
    all.server.restore('Another text.', 'epoch-2');
    let asked = 0;
    const before = open(() => (asked += 1));
    expect(asked).toBe(1);
    expect(all.server.text).toBe('Another text.');
    expect(all.device.find(CLIENT(1))).toEqual(before);
  });
});

describe('a journal that fails', () => {
  it('[P5] is told, holds up nothing, and leaves nothing behind that could be sent twice', () => {
    const { server, device, screen } = scene();
    screen.type(0, 'kept ');
    server.settle();
    expect(screen.view.journal).toBe('ok');
    device.mode = 'refusing';
    screen.type(0, 'a');
    expect(screen.view).toMatchObject({ journal: 'failed', dots: { device: false } });
    expect(device.find(CLIENT(1))).toBeNull();
    server.settle();
    expect(server.text).toBe('akept The text.');
    agree(server, screen);
  });

  it('[P5] and answers nothing holds up an edit for 3 s at the most', () => {
    const { clock, server, device, screen } = scene();
    device.mode = 'silent';
    screen.type(0, 'a');
    clock.advance(2_999);
    server.settle();
    expect(ops(server)).toEqual([]);
    clock.advance(1);
    server.settle();
    expect(server.text).toBe('aThe text.');
    expect(screen.view.journal).toBe('failed');
  });

  it('is asked again, and then gets everything', () => {
    const { clock, device, screen } = scene();
    device.mode = 'refusing';
    screen.network.down = true;
    screen.network.wire.cut();
    screen.type(0, 'a');
    clock.advance(200);
    expect(screen.view.journal).toBe('failed');
    screen.type(1, 'b');
    device.mode = 'prompt';
    clock.advance(10_000);
    expect(screen.view).toMatchObject({ journal: 'ok', dots: { device: true } });
    expect(found(device)).toMatchObject({ base: 'The text.', record: { buffer: ['ab'] } });
  });

  it('with a base text under way fails the writes that rest on it', () => {
    const { clock, device, screen } = scene();
    device.mode = 'held';
    clock.advance(1_000);
    screen.type(0, 'a');
    // The base text of the lazy write and the record of the edit are both under way; the first is refused.
    device.mode = 'refusing';
    device.release(1);
    device.mode = 'held';
    device.release();
    expect(screen.view.journal).toBe('failed');
    device.mode = 'prompt';
    clock.advance(10_000);
    expect(found(device).base).toBe('The text.');
  });
});

it('what is kept follows the text over many revisions without writing it at each', () => {
  const { clock, server, device } = scene('x'.repeat(5_000));
  clock.advance(1_000);
  for (let count = 0; count < 300; count++) {
    server.write(77, [count, 'y']);
    server.settle();
    clock.advance(100);
  }
  clock.advance(1_000);
  expect(device.baseWrites).toBeLessThan(4);
  const { record, base } = found(device);
  expect(record.rev).toBe(server.rev);
  const again = new TestScreen(server, clock, 9, { kept: { record, base }, withoutPage: true, offline: true });
  expect(again.text).toBe(server.text);
});
