import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';
import type { OpenRoom } from './types.ts';

function scene(text: string, options: Partial<OpenRoom> = {}) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const ada = new TestScreen(server, clock, 1, options);
  const ben = new TestScreen(server, clock, 2);
  server.settle();
  return { clock, server, ada, ben, network: ada.network };
}

const hellos = (server: FakeServer) => server.heard.filter((message) => message.t === 'hello');
const ops = (server: FakeServer) => server.heard.filter((message) => message.t === 'op');

describe('hello', () => {
  it('resumes from what the page was rendered with: the text is not sent again', () => {
    const { server, ada } = scene('The text of the page.');
    expect(hellos(server)[0]).toMatchObject({ rev: 1, epoch: 'epoch-1', client: 'client0000000000000001' });
    expect(ada.changes).toEqual([]);
    expect(ada.status).toBe('saved');
  });

  it('asks for a fresh room with its tokens until something is in it, and never afterwards', () => {
    const create = { owner: 'ooooooooooooooooooooo1', view: 'vvvvvvvvvvvvvvvvvvvvv1' };
    const { server, clock, ada } = scene('', { create });
    expect(hellos(server)[0]).toMatchObject({ create });
    expect(hellos(server)[0]).not.toHaveProperty('rev');
    ada.type(0, 'x');
    server.settle();
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
    expect(hellos(server).at(-1)).toMatchObject({ rev: 1 });
    expect(hellos(server).at(-1)).not.toHaveProperty('create');
  });

  it('tells a new name after a break, and at once while connected', () => {
    const { server, clock, ada, network } = scene('');
    ada.client.rename('Quiet\nHeron', 4);
    server.settle();
    expect(server.heard.at(-1)).toEqual({ t: 'me', name: 'Quiet Heron', color: 4 });
    network.wire.cut();
    ada.client.rename('Keen Otter', 5);
    clock.advance(500);
    server.settle();
    expect(hellos(server).at(-1)).toMatchObject({ name: 'Keen Otter', color: 5 });
    expect(server.heard.filter((message) => message.t === 'me')).toHaveLength(1);
  });
});

describe('a socket that breaks', () => {
  it('comes back within half a second, and later more and more seldom, until 30 s', () => {
    const { clock, network } = scene('');
    network.down = true;
    network.wire.cut();
    const counts = [500, 60_000, 300_000].map((ms) => {
      const before = network.connects;
      clock.advance(ms);
      return network.connects - before;
    });
    expect(counts[0]).toBeGreaterThanOrEqual(1);
    expect(counts[1]).toBeLessThan(20);
    // On average one in 15 s.
    expect(counts[2]).toBeGreaterThan(10);
    expect(counts[2]).toBeLessThan(40);
  });

  it('comes back at once when the network does, and when the page is looked at', () => {
    const { clock, network } = scene('');
    network.down = true;
    network.wire.cut();
    clock.advance(120_000);
    const before = network.connects;
    network.tell('online');
    expect(network.connects).toBe(before + 1);
    network.tell('visible');
    expect(network.connects).toBe(before + 2);
  });

  it('starts with short waits again only after it has held for 5 s', () => {
    const { clock, server, network } = scene('');
    for (let round = 0; round < 6; round++) {
      network.wire.cut();
      clock.advance(30_000);
      network.wire.open();
      server.settle();
      clock.advance(100);
    }
    const slow = network.connects;
    clock.advance(5_000);
    network.wire.cut();
    clock.advance(500);
    expect(network.connects).toBe(slow + 1);
  });

  it('that never opens is given up after 10 s', () => {
    const { clock, network } = scene('');
    network.wire.cut();
    clock.advance(500);
    const before = network.connects;
    clock.advance(10_000);
    clock.advance(1_500);
    expect(network.connects).toBe(before + 1);
  });

  it('that opens and stays silent is given up after 10 s, the next one after 20 s, for its welcome may be long', () => {
    const { clock, network } = scene('');
    network.wire.cut();
    clock.advance(500);
    for (const deadline of [10_000, 20_000, 40_000, 60_000, 60_000]) {
      const { wire } = network;
      wire.open();
      clock.advance(deadline - 1);
      expect(wire.ended).toBe(false);
      clock.advance(1);
      expect(wire.ended).toBe(true);
      network.tell('visible');
    }
  });

  it('[P8] that only looks open is found out by a ping: 10 s of quiet, 10 s without an answer', () => {
    const { clock, network } = scene('');
    const before = network.connects;
    clock.advance(10_000);
    expect(network.wire.up).toHaveLength(1);
    clock.advance(9_999);
    expect(network.connects).toBe(before);
    clock.advance(1_000);
    expect(network.connects).toBe(before + 1);
  });

  it('is asked after 10 s of quiet, every 55 s while nobody does anything, and sooner again once somebody writes', () => {
    const { clock, server, ada } = scene('');
    const pingsAfter = (ms: number): number => {
      const before = server.heard.filter(({ t }) => t === 'ping').length;
      clock.advance(ms);
      server.settle();
      return server.heard.filter(({ t }) => t === 'ping').length - before;
    };
    // Two are here.
    expect(pingsAfter(9_999)).toBe(0);
    expect(pingsAfter(1)).toBe(2);
    expect(pingsAfter(54_999)).toBe(0);
    expect(pingsAfter(1)).toBe(2);
    ada.type(0, 'x');
    server.settle();
    clock.advance(1_000);
    server.settle();
    expect(pingsAfter(10_000)).toBe(2);
  });

  it('is not given up while something arrives, though the pong is late', () => {
    const { clock, server, network } = scene('');
    const before = network.connects;
    clock.advance(10_000);
    for (let second = 0; second < 30; second++) {
      server.write(50, ['x']);
      network.wire.deliverDown();
      clock.advance(1_000);
    }
    expect(network.connects).toBe(before);
  });

  it('is checked at once after a sleep, with a deadline of 3 s', () => {
    const { clock, network } = scene('');
    const before = network.connects;
    network.tell('visible');
    expect(network.wire.up).toHaveLength(1);
    clock.advance(3_500);
    expect(network.connects).toBe(before + 1);
  });

  it('whose edit was received and is never acknowledged is replaced, unless the server says that its disk fails', () => {
    const { clock, server, ada, network } = scene('');
    server.holding = true;
    const before = network.connects;
    const pass = (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        server.settle();
        clock.advance(1_000);
      }
    };
    ada.type(0, 'x');
    server.broadcast({ t: 'store', ok: false });
    pass(60);
    expect(network.connects).toBe(before);
    server.broadcast({ t: 'store', ok: true });
    pass(45);
    expect(network.connects).toBeGreaterThan(before);
    server.release();
    pass(10);
    expect(server.text).toBe('x');
    expect(ada.status).toBe('saved');
  });
});

describe('what the server asks for', () => {
  it('drain: stays, keeps sending, and comes back within the window after 4503', () => {
    const { clock, server, ada, network } = scene('');
    server.broadcast({ t: 'drain', minMs: 4_000, maxMs: 8_000 });
    server.settle();
    ada.type(0, 'x');
    server.settle();
    expect(server.text).toBe('x');
    clock.advance(1_000);
    const before = network.connects;
    network.wire.end(4503, 'draining');
    network.wire.deliverDown();
    network.tell('visible');
    clock.advance(2_900);
    expect(network.connects).toBe(before);
    clock.advance(4_200);
    expect(network.connects).toBe(before + 1);
  });

  it('[P5] an error with retryMs: waits so long with everything, says so, then sends the same', () => {
    const { clock, server, ada, network } = scene('');
    ada.type(0, 'a');
    const [frame] = network.wire.up.splice(0);
    network.wire.push(JSON.stringify({ t: 'error', code: 'too-fast', message: 'Slower.', seq: 1, retryMs: 2_000 }));
    network.wire.deliverDown();
    ada.type(1, 'b');
    expect(ada.view.notice).toEqual({ kind: 'tooFast', retryMs: 2_000 });
    clock.advance(1_999);
    expect(network.wire.up.filter((sent) => sent.includes('"op"'))).toEqual([]);
    clock.advance(1);
    expect(network.wire.up.at(-1)).toBe(frame);
    server.settle();
    expect(server.text).toBe('ab');
    expect(ada.view.notice).toBeNull();
  });

  it('resync: comes back without a revision and merges what is pending', () => {
    const { clock, server, ada, ben, network } = scene('text');
    ada.type(4, '!');
    network.wire.up.length = 0;
    ben.type(0, '# ');
    ben.network.wire.deliverUp();
    network.wire.down.length = 0;
    network.wire.push(JSON.stringify({ t: 'resync', why: 'test' }));
    network.wire.deliverDown();
    clock.advance(500);
    server.settle();
    expect(hellos(server).at(-1)).not.toHaveProperty('rev');
    expect(server.text).toBe('# text!');
    expect(ada.text).toBe('# text!');
    expect(ada.view.notice).toEqual({ kind: 'rebased', copy: 'text!' });
    ada.client.dismiss();
    expect(ada.view.notice).toBeNull();
  });

  it('a view link: nothing can be written, and what could not be sent is kept', () => {
    const { server, ada, network } = scene('text');
    ada.type(4, '!');
    network.wire.up.length = 0;
    network.wire.cut();
    server.broadcast({ t: 'role', role: 'view' });
    server.role = 'view';
    const clockless = () => ada.client.edit(['x']);
    ada.client.retry();
    server.settle();
    expect(ada.view).toMatchObject({ role: 'view', canEdit: false, unsaved: 1 });
    expect(ada.status).toBe('view');
    expect(clockless).toThrow(/read-only|no edits/);
    expect(ada.text).toBe('text!');
    expect(ops(server)).toEqual([]);
    expect(server.faults).toEqual([]);
  });

  it('a link that may write again: the kept edit goes', () => {
    const { server, ada, network } = scene('text');
    network.wire.push(JSON.stringify({ t: 'role', role: 'view' }));
    ada.type(4, '!');
    network.wire.up.length = 0;
    network.wire.deliverDown();
    network.wire.cut();
    server.role = 'edit';
    ada.client.retry();
    server.settle();
    expect(server.text).toBe('text!');
    expect(ada.view.canEdit).toBe(true);
  });
});

describe('the end of a connection', () => {
  const cases = [
    [1002, 'refused'],
    [1007, 'refused'],
    [1009, 'refused'],
    [4400, 'refused'],
    [4403, 'revoked'],
    [4404, 'deleted'],
    [4406, 'updated'],
    [4413, 'refused'],
  ] as const;

  it.each(cases)('[P5] %i is final (%s): no reconnect, the text stays', (code, reason) => {
    const { clock, ada, network } = scene('text');
    ada.type(4, '!');
    network.wire.cut(code);
    const before = network.connects;
    clock.advance(120_000);
    network.tell('online');
    ada.client.retry();
    expect(network.connects).toBe(before);
    expect(ada.view).toMatchObject({ status: { kind: 'lost', code, reason }, canEdit: false, unsaved: 1 });
    expect(ada.client.text()).toBe('text!');
  });

  it('4404 before the room was ever open means that there is none', () => {
    const clock = new ManualClock();
    const server = new FakeServer('');
    const ada = new TestScreen(server, clock, 1);
    ada.network.wire.open();
    ada.network.wire.cut(4404);
    expect(ada.view.status).toEqual({ kind: 'lost', code: 4404, reason: 'missing' });
  });

  it.each([1000, 1001, 1006, 4408, 4409, 4429, 4500, 4503, 4508])('%i is not: it comes back', (code) => {
    const { clock, server, ada, network } = scene('text');
    ada.type(4, '!');
    network.wire.cut(code);
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('text!');
    expect(ada.status).toBe('saved');
    expect(ada.view.notice).toBeNull();
  });

  it('4500 says that the server stumbled, until it is back', () => {
    const { clock, server, ada, network } = scene('');
    network.wire.cut(4500);
    expect(ada.view.notice).toEqual({ kind: 'serverError' });
    clock.advance(500);
    server.settle();
    expect(ada.view.notice).toBeNull();
  });

  it('late events of an older socket are not taken for the newer one', () => {
    const { clock, server, ada, network } = scene('');
    const older = network.wire;
    clock.advance(20_000);
    clock.advance(500);
    expect(network.wire).not.toBe(older);
    older.ended = false;
    older.cut(4404);
    server.settle();
    expect(ada.status).toBe('saved');
  });
});
