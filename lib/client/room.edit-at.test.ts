import { describe, expect, it } from 'vitest';
import { invert, transform } from '../ot/index.ts';
import { FakeServer, ManualClock, seededRandom } from '../testing/index.ts';
import { randomOp } from '../ot/random-op.ts';
import { ClientFault } from './fault.ts';
import { TestScreen } from './test-screen.ts';

function scene(text: string) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const [ada, ben] = [1, 2].map((id) => new TestScreen(server, clock, id));
  if (!ada || !ben) throw new Error('Nobody is here.');
  server.settle();
  return { clock, server, ada, ben };
}

describe('an edit at a revision of the server', () => {
  it('is moved over what came since, and reaches the editor as one’s own', () => {
    const { server, ada, ben } = scene('one two three');
    const { rev } = ada.view;
    ben.type(0, '> ');
    server.settle();
    expect(ada.client.editAt(rev, [4, 'deux', -3])).toBe(true);
    expect(ada.text).toBe('> one deux three');
    expect(ada.changes.at(-1)).toEqual({ op: [6, 'deux', -3], author: ada.view.you, own: true });
    expect(ada.client.text()).toBe(ada.text);
    server.settle();
    expect([server.text, ben.text]).toEqual([ada.text, ada.text]);
    expect(ben.changes.at(-1)).toEqual({ op: [6, 'deux', -3], author: ada.view.you });
    expect(ada.view.unsaved).toBe(0);
  });

  it('comes after what waits here, sent or not', () => {
    const { server, ada, ben } = scene('one two three');
    const { rev } = ada.view;
    ada.type(13, '!');
    ada.type(0, '# ');
    ada.type(6, '', 4);
    expect(ada.text).toBe('# one three!');
    expect(ada.client.editAt(rev, [4, 'deux', -3])).toBe(true);
    expect(ada.text).toBe('# one deuxthree!');
    ben.type(3, '?');
    server.settle();
    expect([server.text, ben.text]).toEqual([ada.text, ada.text]);
  });

  it('waits offline as anything that is typed, and goes out later', () => {
    const { clock, server, ada, ben } = scene('one two');
    const { rev } = ada.view;
    ada.network.down = true;
    ada.network.wire.cut();
    expect(ada.client.editAt(rev, [7, ' three'])).toBe(true);
    ben.type(0, 'zero ');
    server.settle();
    expect([ada.text, server.text, ada.view.unsaved]).toEqual(['one two three', 'zero one two', 6]);
    ada.network.down = false;
    clock.advance(60_000);
    server.settle();
    expect([ada.text, ben.text]).toEqual(['zero one two three', 'zero one two three']);
  });

  it('can be taken back like one’s own, whatever came between', () => {
    const { server, ada, ben } = scene('one two three');
    const before = ada.text;
    ada.client.editAt(ada.view.rev, [4, -4]);
    const back = invert(ada.changes.at(-1)?.op ?? [], before);
    server.settle();
    ben.type(0, '> ');
    server.settle();
    ada.edit(transform(back, ['> '], 'left'));
    server.settle();
    expect([ada.text, ben.text, server.text]).toEqual(Array.from({ length: 3 }, () => '> one two three'));
  });

  it('is refused if its revision is not remembered, not here yet, or of a text that was replaced', () => {
    const { clock, server, ada, ben } = scene('one');
    expect(ada.client.editAt(0, ['x'])).toBe(false);
    expect(ada.client.editAt(2, ['x'])).toBe(false);
    for (let count = 0; count < 1_001; count++) server.write(99, ['y']);
    server.settle();
    expect(ada.client.editAt(1, [1, 'x'])).toBe(false);
    expect(ada.client.editAt(2, [1, 'x'])).toBe(true);
    server.settle();
    const { rev } = ben.view;
    server.restore('other', 'epoch-2');
    clock.advance(60_000);
    server.settle();
    expect(ben.client.editAt(rev, ['x'])).toBe(false);
    expect([ada.text, ben.text]).toEqual([server.text, server.text]);
  });

  it('is refused where nothing may be written, or has no space', () => {
    const { server, ada, ben } = scene('one');
    server.limits = { ...server.limits, document: 10 };
    const clock = new ManualClock();
    const late = new TestScreen(server, clock, 3);
    server.settle();
    expect(late.client.editAt(late.view.rev, ['12345678'])).toBe(false);
    expect(late.client.editAt(late.view.rev, ['1234567'])).toBe(true);
    server.settle();
    ben.client.close();
    expect(ben.client.editAt(1, ['x'])).toBe(false);
    server.role = 'view';
    const viewer = new TestScreen(server, clock, 4);
    server.settle();
    expect(viewer.client.editAt(viewer.view.rev, ['x'])).toBe(false);
    expect(ada.text).toBe('1234567one');
  });

  it('does nothing if nothing of it is left, and throws if it never fitted', () => {
    const { server, ada, ben } = scene('one two');
    const { rev } = ada.view;
    ben.type(3, '', 4);
    server.settle();
    const { length } = ada.changes;
    expect(ada.client.editAt(rev, [3, -4])).toBe(true);
    expect([ada.changes.length, ada.view.unsaved]).toEqual([length, 0]);
    expect(() => ada.client.editAt(ada.view.rev, [50, 'x'])).toThrow(ClientFault);
    expect(ada.text).toBe('one');
  });

  it('[P4] converges among everybody else’s edits', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = seededRandom(seed);
      const { server, ada, ben } = scene('some words to begin with');
      const seen: { rev: number; text: string }[] = [];
      for (let step = 0; step < 30; step++) {
        const who = random.pick([ada, ben]);
        seen.push({ rev: server.rev, text: server.text });
        const old = random.pick(seen.slice(-8));
        if (random.int(4) === 0) who.client.editAt(old.rev, randomOp(random, old.text)[0]);
        else who.edit(randomOp(random, who.text)[0]);
        if (random.int(3) === 0) random.pick([ada, ben]).network.wire.deliverUp();
        if (random.int(3) === 0) random.pick([ada, ben]).network.wire.deliverDown();
      }
      server.settle();
      expect([seed, ada.text, ben.text]).toEqual([seed, server.text, server.text]);
      expect(ada.client.text()).toBe(server.text);
      expect(server.faults).toEqual([]);
    }
  });
});
