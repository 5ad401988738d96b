import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { ClientFault } from './fault.ts';
import { TestScreen } from './test-screen.ts';

function scene(text: string, count: number) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const [ada, ben, cleo] = Array.from({ length: 3 }, (_, index) =>
    index < count ? new TestScreen(server, clock, index + 1) : null,
  );
  if (!ada) throw new Error('Nobody is here.');
  server.settle();
  return { clock, server, ada, ben: ben ?? ada, cleo: cleo ?? ada };
}

const ops = (server: FakeServer) => server.heard.filter((message) => message.t === 'op');

describe('two and three people in one word', () => {
  it('[P4] see the same text in the end, the logged one first at a tie', () => {
    const { server, ada, ben } = scene('word', 2);
    ada.type(2, 'AAA');
    ben.type(2, 'BBB');
    ben.network.wire.deliverUp();
    ada.network.wire.deliverUp();
    expect(server.text).toBe('woBBBAAArd');
    server.settle();
    expect([ada.text, ben.text]).toEqual([server.text, server.text]);
  });

  it('[P4] also while one types over what another deletes', () => {
    const { server, ada, ben, cleo } = scene('the wonderful word', 3);
    ada.type(4, '', 10);
    ben.type(8, 'XY');
    cleo.type(4, 'awful', 9);
    server.settle();
    ben.type(0, '> ');
    server.settle();
    expect(ada.text).toBe(server.text);
    expect(ben.text).toBe(server.text);
    expect(cleo.text).toBe(server.text);
    expect(server.text).toContain('XY');
    expect(server.text).toContain('awful');
  });

  it('sends one edit at a time, and what was typed meanwhile as one', () => {
    const { server, ada } = scene('', 1);
    ada.type(0, 'a');
    ada.type(1, 'b');
    ada.type(2, 'c');
    expect(ada.network.wire.up).toHaveLength(1);
    server.settle();
    expect(ops(server).map((message) => message.op)).toEqual([['a'], [1, 'bc']]);
  });

  it('gives the editor one change for the entries of one author in a frame, with the author', () => {
    const { server, ada, ben } = scene('', 2);
    ben.type(0, 'x');
    server.settle();
    expect(ada.changes).toEqual([{ op: ['x'], author: ben.view.you }]);
  });

  it('gives the editor one change for what several wrote in a turn, and says who wrote what', () => {
    const { server, clock, ada, ben, cleo } = scene('', 3);
    ada.network.restMs = 30;
    clock.advance(30);
    const views: string[] = [];
    ada.client.subscribe(() => views.push(ada.text));
    ben.type(0, 'x');
    server.settle();
    cleo.type(1, 'y');
    server.settle();
    ben.type(2, 'z');
    server.settle();
    expect(ada.text).toBe('x');
    clock.advance(30);
    expect(ada.text).toBe('xyz');
    const [first, ...rest] = ada.changes;
    expect(first).toEqual({ op: ['x'], author: ben.view.you });
    expect(rest).toEqual([
      {
        op: [1, 'yz'],
        author: null,
        by: [
          { op: [1, 'y'], author: cleo.view.you },
          { op: [2, 'z'], author: ben.view.you },
        ],
      },
    ]);
    // Whoever is told of a revision finds its text in the editor.
    expect(views).toContain('xyz');
    expect(views).not.toContain('xy');
  });
});

describe('an acknowledgement that is lost', () => {
  it('[P3] is made up for by the entry after the reconnect; nothing is sent twice', () => {
    const { server, clock, ada } = scene('text', 1);
    ada.type(4, '!');
    ada.network.wire.deliverUp();
    ada.network.wire.cut();
    ada.type(5, '?');
    expect(ada.view.unsaved).toBe(2);
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('text!?');
    expect(ada.text).toBe('text!?');
    expect(ops(server).map((message) => message.seq)).toEqual([1, 2]);
    expect(ada.view.unsaved).toBe(0);
  });

  it('[P3] an edit that never arrived goes out once more, with its number, moved over what came between', () => {
    const { server, clock, ada, ben } = scene('text', 2);
    ada.type(4, '!');
    ada.network.wire.cut();
    ben.type(0, '# ');
    server.settle();
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('# text!');
    expect(ops(server).map(({ seq, rev, op }) => [seq, rev, op])).toEqual([
      [1, 1, ['# ']],
      [1, 2, [6, '!']],
    ]);
    expect(ada.text).toBe(server.text);
  });

  it('[P3] an answer that crosses a resend settles it once', () => {
    const { server, clock, ada } = scene('', 1);
    server.holding = true;
    ada.type(0, 'a');
    ada.network.wire.deliverUp();
    ada.network.wire.cut();
    clock.advance(500);
    // Welcomed before the first sending was taken, so it is sent again; then both arrive.
    server.settle();
    server.release();
    server.settle();
    expect(server.text).toBe('a');
    expect(ada.text).toBe('a');
    expect(ada.status).toBe('saved');
    expect(server.faults).toEqual([]);
  });

  it('[P3] an edit that became identity is settled without an entry, also when its ack is lost', () => {
    const { server, clock, ada, ben } = scene('gone', 2);
    ada.type(0, '', 4);
    ben.type(0, '', 4);
    ben.network.wire.deliverUp();
    ada.network.wire.deliverUp();
    expect(server.rev).toBe(2);
    ada.network.wire.cut();
    ada.type(0, 'new');
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('new');
    expect(ada.text).toBe('new');
    expect(server.faults).toEqual([]);
    expect(ada.network.reported).toEqual([]);
  });

  it('[P3] an edit of which nothing is left, and which never arrived, is settled too', () => {
    const { server, clock, ada, ben } = scene('gone', 2);
    ada.type(0, '', 4);
    ada.network.wire.cut();
    ben.type(0, '', 4);
    server.settle();
    ada.type(0, 'new');
    clock.advance(500);
    server.settle();
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('new');
    expect(server.faults).toEqual([]);
    expect(ada.status).toBe('saved');
  });
});

describe('large edits', () => {
  it('[P9] go out in pieces, each below the limit, and arrive whole', () => {
    const { server, clock, ada } = scene('ab', 1);
    const paste = 'Zeile "ä" 😀\n'.repeat(40_000);
    ada.type(1, paste);
    expect(ada.network.wire.up).toHaveLength(1);
    for (let round = 0; round < 100; round++) {
      for (const frame of ada.network.wire.up) expect(Buffer.byteLength(frame)).toBeLessThan(66_000);
      server.settle();
      clock.advance(50);
    }
    expect(server.text).toBe(`a${paste}b`);
    expect(ada.status).toBe('saved');
    expect(ops(server).length).toBeGreaterThan(5);
  });

  it('[P9] stay below the rates of the room', () => {
    const { clock, server, ada } = scene('', 1);
    server.limits = { ...server.limits, opsPerSecond: 10 };
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
    const before = ops(server).length;
    for (let step = 0; step < 200; step++) {
      ada.type(0, 'x');
      server.settle();
      clock.advance(10);
    }
    // Two seconds and one second's worth of burst.
    expect(ops(server).length - before).toBeLessThanOrEqual(30);
    clock.advance(1_000);
    server.settle();
    expect(server.text).toBe('x'.repeat(200));
  });

  it('[P9] that would pass the document limit can be asked about beforehand', () => {
    const { server, clock, ada } = scene('12345', 1);
    server.limits = { ...server.limits, document: 8 };
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
    expect(ada.client.fits([5, 'abc'])).toEqual({ ok: true });
    expect(ada.client.fits([5, 'abcd'])).toEqual({ ok: false, size: 4, rest: 3 });
    expect(ada.client.fits(['abcdef', -2])).toEqual({ ok: false, size: 6, rest: 5 });
    expect(ada.client.fits([-2])).toEqual({ ok: true });
    ada.type(5, 'abc');
    server.settle();
    expect(ada.status).toBe('full');
  });

  it('[P5] that no longer fit because others were faster wait here, and go when there is space', () => {
    const { server, clock, ada, ben } = scene('12345', 2);
    server.limits = { ...server.limits, document: 8 };
    for (const screen of [ada, ben]) screen.network.wire.cut();
    clock.advance(500);
    server.settle();
    ada.network.wire.cut();
    ada.type(0, 'aaa');
    ben.type(5, 'bbb');
    server.settle();
    clock.advance(700);
    server.settle();
    expect(server.text).toBe('12345bbb');
    expect(ada.status).toBe('full');
    expect(ada.view.canEdit).toBe(true);
    ben.type(0, '', 5);
    server.settle();
    expect(server.text).toBe('aaabbb');
    expect(ada.status).toBe('saved');
  });
});

describe('mistakes of an editor', () => {
  it('an edit that does not fit is refused with numbers and changes nothing', () => {
    const { ada } = scene('1234', 1);
    expect(() => ada.client.edit([5, 'x'])).toThrow(ClientFault);
    expect(() => ada.client.edit([5, 'x'])).toThrow(/4/);
    expect(ada.client.text()).toBe('1234');
    expect(ada.view.unsaved).toBe(0);
  });

  it('[P6] so is one inside a surrogate pair', () => {
    const { ada } = scene('😀', 1);
    expect(() => ada.client.edit([1, 'x'])).toThrow(ClientFault);
  });

  it('a listener that throws is reported and stops nobody', () => {
    const { server, ada, ben } = scene('', 2);
    const error = new Error('a screen has a fault');
    const stop = ada.client.onChange(() => {
      throw error;
    });
    let told = 0;
    ada.client.onChange(() => (told += 1));
    ben.type(0, 'x');
    server.settle();
    expect(ada.network.reported).toEqual([error]);
    expect(told).toBe(1);
    stop();
    ben.type(0, 'y');
    server.settle();
    expect(ada.network.reported).toHaveLength(1);
    expect(ada.text).toBe('yx');
  });

  it('a closed room has no timers left and takes no edits', () => {
    const { clock, ada } = scene('', 1);
    ada.type(0, 'x');
    ada.client.close();
    ada.client.close();
    expect(clock.pending).toBe(0);
    expect(() => ada.client.edit(['x'])).toThrow(/closed/);
  });
});
