import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';
import type { OpenRoom } from './types.ts';

const CREATE = { owner: 'ooooooooooooooooooooo1', view: 'vvvvvvvvvvvvvvvvvvvvv1' };

function scene(text = '', options: Partial<OpenRoom> = {}) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const ada = new TestScreen(server, clock, 1, options);
  /** Lets `ms` pass on a network that takes `latency` each way. */
  const pass = (ms: number, latency = 20) => {
    for (let passed = 0; passed < ms; passed += latency) {
      ada.network.wire.open();
      ada.network.wire.deliverUp();
      clock.advance(latency);
      ada.network.wire.deliverDown();
    }
  };
  return { clock, server, ada, network: ada.network, pass };
}

describe('[P8] the status', () => {
  it('of a fresh room is "ready" until its first letter is on disk', () => {
    const { server, ada } = scene('', { create: CREATE });
    expect(ada.status).toBe('ready');
    server.settle();
    expect(ada.status).toBe('ready');
    ada.type(0, 'x');
    expect(ada.view.dots).toEqual({ device: true, received: false, disk: false });
    server.settle();
    expect(ada.status).toBe('saved');
    expect(ada.view.dots).toEqual({ device: true, received: true, disk: true });
  });

  it('never says "saved" before the server was there', () => {
    const { clock, ada } = scene('text');
    expect(ada.status).toBe('ready');
    clock.advance(2_500);
    expect(ada.status).toBe('offline');
  });

  it('stays "saved" without flicker while a healthy network takes 200 ms', () => {
    const { ada, pass } = scene('text');
    pass(1_000);
    const seen = new Set<string>();
    ada.client.subscribe(() => seen.add(ada.status));
    for (let letter = 0; letter < 5; letter++) {
      ada.type(0, 'x');
      pass(300, 100);
    }
    pass(1_000);
    expect([...seen]).toEqual(['saved']);
  });

  it('goes from the device to received to disk, words 0.6 s after the dots', () => {
    const { clock, server, ada, network, pass } = scene('text');
    pass(200);
    server.holding = true;
    ada.type(0, 'x');
    expect(ada.view.dots).toEqual({ device: true, received: false, disk: false });
    expect(ada.status).toBe('saved');
    clock.advance(600);
    expect(ada.status).toBe('device');
    network.wire.deliverUp();
    network.wire.deliverDown();
    expect(ada.view.dots.received).toBe(true);
    clock.advance(600);
    expect(ada.status).toBe('received');
    server.release();
    network.wire.deliverDown();
    expect(ada.view.dots.disk).toBe(true);
    expect(ada.status).toBe('saved');
  });

  it('a second edit that waits for the first is not received', () => {
    const { server, ada, pass } = scene('text');
    pass(200);
    server.holding = true;
    ada.type(0, 'x');
    pass(300);
    expect(ada.view.dots.received).toBe(true);
    ada.type(0, 'y');
    expect(ada.view.dots.received).toBe(false);
  });

  it('turns to "offline" within 3 s of a letter that nobody answers', () => {
    const { clock, ada, pass } = scene('text');
    pass(200);
    clock.advance(5_000);
    ada.type(0, 'x');
    clock.advance(2_999);
    expect(ada.status).toBe('offline');
    expect(ada.view).toMatchObject({ unsaved: 1, online: false, canEdit: true });
  });

  it('turns within 3 s too if an earlier letter was answered and still waits for the disk', () => {
    const { clock, server, ada, pass } = scene('text');
    pass(200);
    server.holding = true;
    ada.type(0, 'x');
    pass(2_000);
    expect(ada.status).toBe('received');
    clock.advance(1_000);
    ada.type(0, 'y');
    clock.advance(2_999);
    expect(ada.status).toBe('offline');
  });

  it('turns within 3 s of the system saying that the network is gone, with nothing unsaved', () => {
    const { clock, ada, network, pass } = scene('text');
    pass(200);
    network.tell('offline');
    expect(ada.status).toBe('saved');
    clock.advance(2_999);
    expect(ada.status).toBe('offline');
  });

  it('believes an answer more than the system', () => {
    const { ada, network, pass } = scene('text');
    pass(200);
    network.tell('offline');
    pass(5_000);
    expect(ada.status).toBe('saved');
  });

  it('a short break goes unmentioned', () => {
    const { ada, network, pass } = scene('text');
    pass(200);
    const seen = new Set<string>();
    ada.client.subscribe(() => seen.add(ada.status));
    network.wire.cut();
    pass(580);
    expect([...seen]).toEqual(['saved']);
  });

  it('a break is "reconnecting" after 0.6 s, "offline" once a try has failed, and "saved" when all is there', () => {
    const { clock, ada, network, pass } = scene('text');
    pass(200);
    ada.type(0, 'xyz');
    network.down = true;
    const { cut } = network.wire;
    cut.call(network.wire);
    expect(ada.status).toBe('saved');
    clock.advance(600);
    expect(ada.status).toBe('offline');
    network.down = false;
    network.tell('online');
    pass(200);
    expect(ada.status).toBe('saved');
    network.wire.cut();
    clock.advance(600);
    expect(ada.status).toBe('reconnecting');
  });

  it('says "catching up" while much from before is still on its way', () => {
    const { clock, ada, network, pass } = scene('text');
    pass(200);
    network.wire.cut();
    ada.type(0, 'word '.repeat(100_000));
    clock.advance(500);
    pass(500, 100);
    expect(ada.status).toBe('catchingUp');
    pass(4_000, 100);
    expect(ada.status).toBe('saved');
  });

  it('says at once that the server cannot write, and when it can again', () => {
    const { server, ada, network, pass } = scene('text');
    pass(200);
    server.broadcast({ t: 'store', ok: false });
    network.wire.deliverDown();
    expect(ada.status).toBe('cannotWrite');
    server.broadcast({ t: 'store', ok: true });
    network.wire.deliverDown();
    expect(ada.status).toBe('saved');
  });

  it('of a view link is "view", and its trouble is told too', () => {
    const clock = new ManualClock();
    const server = new FakeServer('text');
    server.role = 'view';
    const ada = new TestScreen(server, clock, 1);
    expect(ada.view).toMatchObject({ canEdit: false, status: { kind: 'view' } });
    server.settle();
    expect(ada.status).toBe('view');
    ada.network.down = true;
    ada.network.wire.cut();
    clock.advance(600);
    expect(ada.status).toBe('offline');
  });

  it('a room whose text has not come yet takes no edits', () => {
    const clock = new ManualClock();
    const server = new FakeServer('a long text');
    const { token, me } = { token: 'aaaaaaaaaaaaaaaaaaaaaa', me: { person: 'p', name: 'Ada', color: 1 } };
    const ada = new TestScreen(server, clock, 1, { token, me, create: CREATE });
    const ben = new TestScreen(server, clock, 2, { withoutPage: true });
    expect([ada.view.canEdit, ben.view.canEdit]).toEqual([true, false]);
    server.settle();
    expect(ben.view.canEdit).toBe(true);
    expect(ben.text).toBe('a long text');
  });
});

describe('the view', () => {
  it('is the same object until something in it changes', () => {
    const { server, ada } = scene('text');
    server.settle();
    const before = ada.view;
    let told = 0;
    ada.client.subscribe(() => (told += 1));
    server.broadcast({ t: 'store', ok: true });
    server.settle();
    expect(ada.view).toBe(before);
    expect(told).toBe(0);
    ada.type(0, 'x');
    expect(ada.view).not.toBe(before);
    expect(told).toBe(1);
  });
});

describe('title and language', () => {
  it('show at once, are told, and are told again after a break that swallowed them', () => {
    const { clock, server, ada, network } = scene('text');
    server.settle();
    ada.client.setTitle('Notes\u0007 ' + 'x'.repeat(300));
    expect(ada.view.title).toHaveLength(200);
    expect(ada.view.title).toMatch(/^Notes x/);
    network.wire.cut();
    ada.client.setLanguage('python');
    clock.advance(500);
    server.settle();
    expect(server.heard.at(-1)).toEqual({ t: 'room', title: ada.view.title, language: 'python' });
    expect(server.faults).toEqual([]);
  });

  it('of others show, unless ours is on its way', () => {
    const { server, ada, network } = scene('text');
    server.settle();
    server.broadcast({ t: 'room', title: 'Theirs' });
    server.settle();
    expect(ada.view.title).toBe('Theirs');
    ada.client.setTitle('Ours');
    server.broadcast({ t: 'room', title: 'Theirs again' });
    network.wire.deliverDown();
    expect(ada.view.title).toBe('Ours');
    server.settle();
    expect(ada.view.title).toBe('Ours');
  });

  it('a fresh room whose link is given away is made to exist', () => {
    const { server, ada } = scene('', { create: CREATE });
    ada.client.publish();
    server.settle();
    expect(server.heard.at(-1)).toEqual({ t: 'room' });
    ada.type(0, 'x');
    server.settle();
    const count = server.heard.length;
    ada.client.publish();
    server.settle();
    expect(server.heard).toHaveLength(count);
  });
});
