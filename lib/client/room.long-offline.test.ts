import { describe, expect, it } from 'vitest';
import { apply, type Op, OpBuilder, replacement, transform } from '../ot/index.ts';
import type { LoggedOp } from '../protocol/index.ts';
import { FakeDevice, FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';

const LINE = 'A line of the text.\n';
const PLACES = 2_000;
const MISSED = 2_500;

/**
 * Ada has written a letter into each of `PLACES` lines while she was offline and somebody else wrote `MISSED` times. She is back and
 * welcomed, nothing after the welcome has been delivered yet, and her page is so slow that a turn holds eight entries.
 * Turns that go on with what waits are run by `turn`, not by the clock.
 */
function scene() {
  const clock = new ManualClock();
  const server = new FakeServer(LINE.repeat(PLACES));
  const device = new FakeDevice();
  const ada = new TestScreen(server, clock, 1, { device });
  const ben = new TestScreen(server, clock, 2);
  server.settle();
  const { network } = ada;
  network.down = true;
  network.wire.cut();
  const start = server.rev;
  ada.edit(letters());
  for (let index = 0; index < MISSED; index++) {
    server.write(1_001, replacement((index * 7_919) % server.text.length, index % 2, 'b'));
  }
  server.settle();
  const turns: (() => void)[] = [];
  network.after = (ms, run) => {
    if (ms > 0) return clock.after(ms, run);
    turns.push(run);
    return () => void turns.splice(turns.indexOf(run), 1);
  };
  network.slowness = 1;
  network.down = false;
  network.tell('online');
  network.wire.open();
  network.wire.deliverUp();
  network.wire.deliverDown(1);
  return { clock, server, device, ada, ben, network, start, turns, turn: () => turns.shift()?.() };
}

function letters(): Op {
  const op = new OpBuilder();
  for (let place = 0; place < PLACES; place++)
    op.retain(LINE.length - 1)
      .insert('a')
      .retain(1);
  return op.done();
}

/** The text with Ada's `pending` as it has to be shown at `rev`, entry by entry. */
function shownAt(server: FakeServer, rev: number, start: number, pending: Op): string {
  let text = '';
  let mine = pending;
  for (const [index, { op }] of server.log.slice(0, rev).entries()) {
    text = apply(text, op);
    if (index >= start) mine = transform(mine, op, 'right');
  }
  return apply(text, mine);
}

describe('a client that was offline for long', () => {
  it('[P3] [P4] takes a frame of a thousand entries in turns, in order, and shows at each what it has to', () => {
    const { server, ada, network, start, turns, turn } = scene();
    const seen: number[] = [];
    ada.client.subscribe(() => seen.push(ada.view.rev));
    network.wire.deliverDown();
    expect(ada.view.rev).toBe(start + 8);
    expect(ada.text).toBe(shownAt(server, start + 8, start, letters()));
    for (let count = 1; turns.length > 0; count++) {
      expect(turns).toHaveLength(1);
      turn();
      if (count % 50 === 0) expect(ada.text).toBe(shownAt(server, ada.view.rev, start, letters()));
    }
    expect(ada.text).toBe(shownAt(server, start + MISSED, start, letters()));
    expect(ada.client.text()).toBe(ada.text);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(MISSED / 10);
    expect(network.connects).toBe(2);
    // Two seconds of one core, and several times that on a machine that is busy.
  }, 30_000);

  it('[P3] [P4] keeps what is typed between two turns, and sends all of it once everything missed is there', () => {
    const { server, clock, ada, ben, network, turns, turn } = scene();
    network.wire.deliverDown();
    for (let count = 0; turns.length > 0; count++) {
      if (count % 20 === 0) ada.type((count * 1_009) % ada.text.length, 'A');
      if (count % 50 === 0) ben.type(count, 'B');
      expect(network.wire.up).toHaveLength(0);
      turn();
    }
    for (let round = 0; round < 40; round++) {
      server.settle();
      clock.advance(500);
      while (turns.length > 0) turn();
    }
    expect(ada.text).toBe(server.text);
    expect(ben.text).toBe(server.text);
    expect(ada.status).toBe('saved');
    const counted = (letter: string) => server.text.split(letter).length - 1;
    expect([counted('A'), counted('B')].every((count) => count > 5)).toBe(true);
    expect(server.faults).toEqual([]);
    expect(network.reported).toEqual([]);
  });

  it('[P3] [P5] goes on from the revision it has when the socket breaks in between, and from the journal too', () => {
    const { server, clock, device, ada, network, start, turns, turn } = scene();
    network.wire.deliverDown();
    for (let count = 0; count < 100; count++) turn();
    const { rev } = ada.view;
    expect(rev).toBe(start + 8 * 101);
    network.wire.cut();
    // What waits of the dead socket is dropped …
    expect(turns).toEqual([]);
    const before = ada.text;
    clock.advance(1_000);
    expect(ada.text).toBe(before);
    // … and a record that is written now fits the text that is shown.
    expect(device.find('client0000000000000001')?.record).toMatchObject({ rev, seq: 0 });
    network.wire.open();
    network.wire.deliverUp();
    expect(server.heard.at(-1)).toMatchObject({ t: 'hello', rev });
    network.wire.deliverDown();
    while (turns.length > 0) turn();
    expect(ada.view.rev).toBe(server.rev);
    expect(ada.text).toBe(shownAt(server, server.rev, start, letters()));
    expect(network.reported).toEqual([]);
  });

  it.each([
    ['is closed by the person', ({ ada }: ReturnType<typeof scene>) => ada.client.close()],
    ['is superseded', ({ network }: ReturnType<typeof scene>) => network.wire.cut(4409)],
  ])('does nothing more with what waits when it %s', (_, end) => {
    const at = scene();
    at.network.wire.deliverDown();
    const { text, view } = at.ada;
    end(at);
    expect(at.turns).toEqual([]);
    at.clock.advance(60_000);
    expect(at.ada.text).toBe(text);
    expect(at.ada.view.rev).toBe(view.rev);
  });

  it('[P8] takes a ping for answered when the answer arrives, however much is to be handled before it', () => {
    const { clock, server, ada, network, turns, turn } = scene();
    network.wire.deliverDown();
    // The person looks again: a probe, with 3 s for its answer.
    network.tell('visible');
    network.wire.deliverUp();
    network.wire.deliverDown();
    clock.advance(9_000);
    expect(network.connects).toBe(2);
    expect(ada.view.online).toBe(true);
    while (turns.length > 0) turn();
    expect(ada.view.rev).toBe(server.rev);
    expect(network.connects).toBe(2);
  });

  it('[P8] says that an edit was received only when what came before the answer was handled', () => {
    const { clock, server, ada, network, turns, turn } = scene();
    network.wire.deliverDown();
    while (turns.length > 0) turn();
    expect(network.wire.up.some((frame) => frame.startsWith('{"t":"op"'))).toBe(true);
    server.holding = true;
    network.wire.deliverUp();
    const ops = Array.from({ length: 30 }, (_, index): LoggedOp => [1_001, MISSED + 1 + index, ['c']]);
    server.broadcast({ t: 'ops', rev: server.rev + 1, ops });
    clock.advance(150);
    network.wire.deliverUp();
    network.wire.deliverDown();
    turn();
    expect(turns).toHaveLength(1);
    expect(ada.view.dots.received).toBe(false);
    // Its acknowledgement may stand there too, so the connection is not given up for want of it.
    for (let second = 0; second < 25; second++) {
      clock.advance(1_000);
      network.wire.deliverUp();
      network.wire.deliverDown();
    }
    expect(network.connects).toBe(2);
    while (turns.length > 0) turn();
    expect(ada.view.dots).toMatchObject({ received: true, disk: false });
  });

  it('[P4] puts a caret that waits behind entries where it was meant, and compares hashes at their revision', () => {
    const { server, ada, ben, network, turns, turn } = scene();
    ben.client.select([[5, 5]]);
    ben.network.wire.deliverUp();
    server.broadcast(server.hash());
    network.wire.deliverDown();
    expect(turns).toHaveLength(1);
    expect(ada.carets).toEqual([]);
    while (turns.length > 0) turn();
    expect(ada.view.people.map(({ name }) => name)).toEqual(['Person 2']);
    expect(ada.carets).toMatchObject([{ name: 'Person 2', ranges: [[5, 5]] }]);
    expect(network.wire.up.some((frame) => frame.includes('mismatch'))).toBe(false);
    expect(network.connects).toBe(2);
  });

  it('[P4] compares a long text in more than one turn, and takes what comes and is typed meanwhile', () => {
    const { server, ada, network, turns, turn } = scene();
    network.wire.deliverDown();
    while (turns.length > 0) turn();
    const { rev, text } = server;
    server.text = `${text.slice(0, -2)}?\n`;
    server.broadcast(server.hash());
    server.text = text;
    server.write(1_001, [0, 'b']);
    network.wire.deliverDown();
    expect(turns).toHaveLength(1);
    ada.type(0, 'A');
    // What came later waits for it.
    expect(ada.view.rev).toBe(rev);
    expect(network.wire.ended).toBe(false);
    while (turns.length > 0) turn();
    expect(network.wire.ended).toBe(true);
  });

  it('[P4] compares anew after a connection that ended in the middle of it', () => {
    const { clock, server, ada, network, turns, turn } = scene();
    network.wire.deliverDown();
    while (turns.length > 0) turn();
    server.settle();
    server.broadcast(server.hash());
    network.wire.deliverDown();
    expect(turns).toHaveLength(1);
    network.wire.cut();
    server.write(1_001, [0, 'b']);
    for (let round = 0; round < 8; round++) {
      clock.advance(500);
      server.settle();
      while (turns.length > 0) turn();
    }
    expect(ada.view).toMatchObject({ online: true, rev: server.rev });
    server.broadcast(server.hash());
    network.wire.deliverDown();
    while (turns.length > 0) turn();
    expect(network.wire.up.some((frame) => frame.includes('mismatch'))).toBe(false);
    expect(network.wire.ended).toBe(false);
  });
});
