import { describe, expect, it } from 'vitest';
import { fnv1a } from '../ot/index.ts';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';

function scene(text: string) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const ada = new TestScreen(server, clock, 1);
  const ben = new TestScreen(server, clock, 2);
  server.settle();
  const back = () => {
    for (let round = 0; round < 8; round++) {
      clock.advance(500);
      server.settle();
    }
  };
  return { clock, server, ada, ben, network: ada.network, back };
}

describe('frames that go wrong', () => {
  it('[P1] a gap is never applied: resuming brings what is missing', () => {
    const { server, ada, network, back } = scene('');
    server.write(50, ['a']);
    server.write(50, [1, 'b']);
    network.wire.down.shift();
    network.wire.deliverDown();
    expect(ada.text).toBe('');
    back();
    expect(ada.text).toBe('ab');
    expect(server.heard.at(-1)).toMatchObject({ t: 'hello', rev: 0 });
    expect(ada.view.notice).toBeNull();
  });

  it('a gap that comes again is mended by the whole text', () => {
    const { server, clock, ada, network, back } = scene('');
    for (let round = 0; round < 2; round++) {
      network.wire.push(JSON.stringify({ t: 'ops', rev: 9, ops: [[50, 1, ['x']]] }));
      network.wire.deliverDown();
      clock.advance(1_000);
      if (round === 0) server.settle();
    }
    server.write(50, ['a']);
    back();
    expect(ada.text).toBe('a');
    expect(server.heard.filter((message) => message.t === 'hello').at(-1)).not.toHaveProperty('rev');
  });

  it('[P3] a frame that comes twice changes nothing the second time', () => {
    const { server, ada, network } = scene('');
    server.write(50, ['a']);
    const frame = network.wire.down[0];
    if (frame === undefined) throw new Error('Nothing was sent.');
    network.wire.push(frame);
    network.wire.deliverDown();
    expect(ada.text).toBe('a');
    expect(ada.view.rev).toBe(1);
  });

  it.each([
    ['not JSON', '{'],
    ['a field of the wrong type', '{"t":"ops","rev":"1","ops":[]}'],
    ['an op beyond the text', '{"t":"ops","rev":1,"ops":[[50,1,[99,"x"]]]}'],
  ])('[P4] %s is reported and healed by the whole text', (_, frame) => {
    const { server, ada, network, back } = scene('');
    ada.type(0, 'mine');
    network.wire.up.length = 0;
    network.wire.push(frame);
    network.wire.deliverDown();
    server.write(50, ['theirs ']);
    back();
    expect(network.reported).toHaveLength(1);
    expect(server.text).toBe('theirs mine');
    expect(ada.text).toBe(server.text);
  });

  it('[P5] an own edit that comes back with other words is put right, and what was typed stays as a copy', () => {
    const { server, ada, network } = scene('');
    ada.type(0, 'typed here');
    network.wire.up.length = 0;
    // An edit of an earlier page was written under the same number.
    network.wire.push(JSON.stringify({ t: 'ops', rev: 1, ops: [[ada.view.you, 1, ['from before']]] }));
    network.wire.deliverDown();
    expect(ada.text).toBe('from before');
    expect(ada.view.notice).toEqual({ kind: 'rebased', copy: 'typed here' });
    expect(server.text).toBe('');
  });

  it('an unknown message is ignored', () => {
    const { ada, network } = scene('');
    network.wire.push('{"t":"confetti"}');
    network.wire.deliverDown();
    expect(network.reported).toEqual([]);
    expect(ada.status).toBe('saved');
  });
});

describe('[P4] hashes', () => {
  it('that agree do nothing, also with edits pending', () => {
    const { server, ada, network } = scene('text');
    ada.type(4, '!');
    server.broadcast(server.hash());
    network.wire.deliverDown();
    expect(network.wire.ended).toBe(false);
  });

  it('that differ are told, and this screen is put right without losing what is pending', () => {
    const { server, ada, network, back } = scene('text');
    // The page was rendered from something that never was in the log.
    server.text = 'tExt';
    ada.type(4, '!');
    network.wire.up.length = 0;
    server.broadcast(server.hash());
    network.wire.deliverDown();
    back();
    expect(server.heard.filter((message) => message.t === 'hello').at(-1)).not.toHaveProperty('rev');
    expect(server.text).toBe('tExt!');
    expect(ada.text).toBe('tExt!');
    expect(ada.view.notice).toEqual({ kind: 'healed' });
  });

  it('are told with our own hash', () => {
    const { server, network } = scene('text');
    server.text = 'tExt';
    const sent: string[] = [];
    const { send } = network.wire;
    network.wire.send = (text) => {
      sent.push(text);
      send.call(network.wire, text);
    };
    server.broadcast(server.hash());
    network.wire.deliverDown();
    expect(sent).toHaveLength(1);
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({ t: 'mismatch', rev: 1, hash: fnv1a('text') });
  });

  it('of another revision are not compared', () => {
    const { network, ada } = scene('text');
    network.wire.push('{"t":"hash","rev":7,"hash":"00000000"}');
    network.wire.deliverDown();
    expect(ada.status).toBe('saved');
  });
});

describe('[P5] too far back, or another log', () => {
  it('edits made while away are merged into the text, and the writer keeps a copy', () => {
    const { server, ada, network, back } = scene('one two three');
    ada.type(4, '2 ');
    network.wire.cut();
    server.write(50, [4, 'TWO', -3]);
    server.write(50, [13, ' four']);
    server.forget();
    back();
    expect(server.text).toContain('2 ');
    expect(server.text).toContain('TWO');
    expect(ada.text).toBe(server.text);
    expect(ada.view.notice).toEqual({ kind: 'rebased', copy: 'one 2 two three' });
  });

  it('[P3] an edit that had arrived is not merged in again', () => {
    const { server, ada, network, back } = scene('one');
    ada.type(3, ' two');
    network.wire.deliverUp();
    network.wire.cut();
    ada.type(7, ' three');
    server.write(50, ['zero ']);
    server.forget();
    back();
    expect(server.text).toBe('zero one two three');
    expect(ada.text).toBe(server.text);
    expect(ada.status).toBe('saved');
  });

  it('nothing pending: the text is simply the new one, without a word', () => {
    const { server, ada, network, back } = scene('one');
    network.wire.cut();
    server.write(50, [3, ' two']);
    server.forget();
    back();
    expect(ada.text).toBe('one two');
    expect(ada.view.notice).toBeNull();
    expect(ada.changes).toEqual([{ op: [3, ' two'], author: null }]);
  });

  it('another log: numbers start again, what is pending goes in, what the backup lost is in the copy', () => {
    const { server, ada, network, back } = scene('one');
    ada.type(3, ' two');
    server.settle();
    ada.type(7, ' three');
    network.wire.up.length = 0;
    server.restore('one', 'epoch-2');
    back();
    expect(server.text).toBe('one three');
    expect(ada.text).toBe('one three');
    expect(ada.view.notice).toEqual({ kind: 'rebased', copy: 'one two three' });
    expect(server.faults).toEqual([]);
    ada.type(0, '> ');
    back();
    expect(server.text).toBe('> one three');
  });

  it('a fresh room that the server forgot with its restart goes on without a word', () => {
    const clock = new ManualClock();
    const server = new FakeServer('');
    const create = { owner: 'ooooooooooooooooooooo1', view: 'vvvvvvvvvvvvvvvvvvvvv1' };
    const ada = new TestScreen(server, clock, 1, { create });
    ada.type(0, 'first');
    ada.network.wire.open();
    ada.network.wire.deliverUp(1);
    ada.network.wire.deliverDown();
    server.epoch = 'epoch-2';
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
    expect(server.text).toBe('first');
    expect(ada.view.notice).toBeNull();
    expect(ada.status).toBe('saved');
  });
});
