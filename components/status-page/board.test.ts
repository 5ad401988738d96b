import { describe, expect, it } from 'vitest';
import { Board } from './board.ts';
import { readFrame, type Sample } from './read-frame.ts';

function traffic(node: string, edits: number): Sample {
  return { kind: 'sample', node, channel: 'traffic', rooms: 2, people: 3, edits };
}

function latency(node: string, p95: number): Sample {
  return { kind: 'sample', node, channel: 'latency', ack: { p50: 1, p95, p99: 2 * p95 } };
}

function state(node: string, role: 'serving' | 'draining' = 'serving'): Sample {
  return { kind: 'sample', node, channel: 'nodes', role, rooms: 2, people: 3, memory: 1, upMs: 1_000, version: '1' };
}

function storage(node: string, up: boolean, bus = true): Sample {
  return { kind: 'sample', node, channel: 'storage', up, bus, append: null, waiting: 0, failures: 0 };
}

describe('the board', () => {
  it('adds up what nodes do, and takes the slowest for the time it takes', () => {
    const board = new Board();
    expect(board.view(0)).toMatchObject({ health: { kind: 'connecting' }, rooms: null, edits: null, ackP95: null });
    for (const sample of [traffic('a', 10), traffic('b', 5), latency('a', 20), latency('b', 40)]) board.take(sample, 0);
    board.tick(0);
    expect(board.view(0)).toMatchObject({
      health: { kind: 'normal' },
      rooms: 4,
      people: 6,
      edits: 15,
      ackP95: 40,
      points: [{ at: 0, edits: 15, ack: { p50: 1, p95: 40, p99: 80 } }],
    });
  });

  it('says after five seconds that nothing is heard, and keeps what was said', () => {
    const board = new Board();
    board.take(traffic('a', 10), 0);
    expect(board.view(4_999).health.kind).toBe('normal');
    const { health, edits, nodes } = board.view(5_000);
    expect([health, edits, nodes[0]?.silent]).toEqual([{ kind: 'stale', seconds: 5 }, 10, 5]);
    board.tick(6_000);
    expect(board.view(6_000).points).toEqual([{ at: 6_000, edits: null, ack: null }]);
    board.take(traffic('a', 10), 7_000);
    expect(board.view(7_000).health.kind).toBe('normal');
  });

  it('tells a silent node from the others, leaves it out of the sums, and forgets it after a minute', () => {
    const board = new Board();
    board.take(traffic('a', 10), 0);
    board.take(traffic('b', 5), 0);
    board.take(traffic('b', 5), 8_000);
    const { health, edits, nodes } = board.view(8_000);
    expect([health.kind, edits]).toEqual(['normal', 5]);
    expect(nodes.map(({ name, silent }) => [name, silent])).toEqual([
      ['a', 8],
      ['b', null],
    ]);
    board.take(traffic('b', 5), 61_000);
    board.tick(61_000);
    expect(board.view(61_000).nodes.map(({ name }) => name)).toEqual(['b']);
  });

  it('says the worst first: storage, then a node that leaves, then the bus', () => {
    const board = new Board();
    board.take(storage('a', true, false), 0);
    expect(board.view(0).health).toEqual({ kind: 'bus-down' });
    board.take(state('b', 'draining'), 0);
    expect(board.view(0).health).toEqual({ kind: 'draining', node: 'b' });
    board.take(storage('a', false), 0);
    expect(board.view(0).health).toEqual({ kind: 'store-down' });
  });

  it('keeps ten minutes', () => {
    const board = new Board();
    for (let second = 0; second < 700; second++) {
      board.take(traffic('a', second), 1_000 * second);
      board.tick(1_000 * second);
    }
    const { points } = board.view(699_000);
    expect([points.length, points[0]?.edits, points.at(-1)?.edits]).toEqual([600, 100, 699]);
  });
});

describe('a frame', () => {
  it('is read with what it has', () => {
    const text = '{"t":"sample","channel":"latency","node":"a","at":1,"ack":{"p50":1,"p95":2,"p99":3},"loop":{}}';
    expect(readFrame(text)).toEqual({ kind: 'sample', node: 'a', channel: 'latency', ack: { p50: 1, p95: 2, p99: 3 } });
    expect(readFrame('{"t":"welcome","node":"a","admin":true}')).toEqual({ kind: 'welcome', admin: true });
  });

  it.each([
    '',
    '[]',
    '{"t":"news"}',
    '{"t":"sample","channel":"gossip","node":"a"}',
    '{"t":"sample","channel":"traffic"}',
  ])('is passed over if it is %j', (text) => {
    expect(readFrame(text)).toBeNull();
  });

  it('has numbers where something else came', () => {
    const text = '{"t":"sample","channel":"traffic","node":"a","rooms":"7","people":null,"edits":1e999}';
    expect(readFrame(text)).toMatchObject({ rooms: 0, people: 0, edits: 0 });
  });
});
