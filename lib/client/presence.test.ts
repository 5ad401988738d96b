import { describe, expect, it } from 'vitest';
import { FakeServer, ManualClock } from '../testing/index.ts';
import { TestScreen } from './test-screen.ts';

function scene(text: string) {
  const clock = new ManualClock();
  const server = new FakeServer(text);
  const ada = new TestScreen(server, clock, 1);
  server.settle();
  const ben = new TestScreen(server, clock, 2);
  server.settle();
  const cleo = new TestScreen(server, clock, 3);
  server.settle();
  return { clock, server, ada, ben, cleo };
}

const caretOf = (screen: TestScreen, author: number | null) =>
  screen.carets.find((caret) => caret.author === author)?.ranges;
const cursors = (server: FakeServer) => server.heard.filter((message) => message.t === 'cursor');

describe('people', () => {
  it('are everybody else, in the order of their arrival', () => {
    const { ada, ben, cleo } = scene('');
    expect(ada.view.people.map(({ name }) => name)).toEqual(['Person 2', 'Person 3']);
    expect(ben.view.people.map(({ name }) => name)).toEqual(['Person 1', 'Person 3']);
    expect(cleo.view.people.map(({ name }) => name)).toEqual(['Person 1', 'Person 2']);
  });

  it('keep their place when they rename themselves, and go when they leave', () => {
    const { server, ada, ben } = scene('');
    const [first] = ada.view.people;
    if (!first) throw new Error('Nobody is here.');
    server.broadcast({ t: 'people', join: [{ ...first, name: 'Benjamin' }], leave: [] });
    server.settle();
    expect(ada.view.people.map(({ name }) => name)).toEqual(['Benjamin', 'Person 3']);
    ben.client.close();
    server.settle();
    expect(ada.view.people.map(({ name }) => name)).toEqual(['Person 3']);
  });

  it('stay listed while we are offline, without carets, and are listed anew afterwards', () => {
    const { clock, server, ada, ben, cleo } = scene('text');
    ben.client.select([[2, 2]]);
    server.settle();
    clock.advance(50);
    ada.network.wire.cut();
    expect(ada.view).toMatchObject({ online: false });
    expect(ada.view.people).toHaveLength(2);
    expect(ada.carets).toEqual([]);
    cleo.client.close();
    clock.advance(500);
    server.settle();
    expect(ada.view.people.map(({ name }) => name)).toEqual(['Person 2']);
  });

  it('count as typing for 2 s after an edit', () => {
    const { clock, server, ada, ben } = scene('');
    ben.type(0, 'x');
    server.settle();
    expect([...ada.view.typing]).toEqual([ben.view.you]);
    clock.advance(1_500);
    ben.type(0, 'y');
    server.settle();
    clock.advance(1_900);
    expect(ada.view.typing.size).toBe(1);
    clock.advance(100);
    expect(ada.view.typing.size).toBe(0);
  });
});

describe("others' carets", () => {
  it('come through what is pending here', () => {
    const { server, ada, ben } = scene('0123456789');
    ada.type(0, 'abc');
    ben.client.select([
      [4, 4],
      [6, 8],
    ]);
    ben.network.wire.deliverUp();
    ada.network.wire.deliverDown();
    expect(caretOf(ada, ben.view.you)).toEqual([
      [7, 7],
      [9, 11],
    ]);
    expect(ada.moved).toEqual([ben.view.you]);
    ada.type(13, 'end');
    server.settle();
    expect(caretOf(ada, ben.view.you)).toEqual([
      [7, 7],
      [9, 11],
    ]);
  });

  it('follow their own edits, so none is sent while typing', () => {
    const { server, ada, ben } = scene('text');
    ben.client.select([[4, 4]]);
    server.settle();
    ben.type(4, '!!');
    ben.client.select([[6, 6]]);
    server.settle();
    expect(caretOf(ada, ben.view.you)).toEqual([[6, 6]]);
    ben.type(1, '', 2);
    server.settle();
    expect(caretOf(ada, ben.view.you)).toEqual([[1, 1]]);
    expect(cursors(server)).toHaveLength(1);
  });

  it("are not pushed by others' text right at them", () => {
    const { server, ada, ben, cleo } = scene('text');
    ben.client.select([[2, 2]]);
    server.settle();
    cleo.type(2, 'NEW');
    server.settle();
    ada.type(2, 'OWN');
    cleo.type(0, '# ');
    server.settle();
    expect(caretOf(ada, ben.view.you)).toEqual([[4, 4]]);
  });

  it('that are ahead of their revision wait for it', () => {
    const { server, ada } = scene('');
    ada.network.wire.push(JSON.stringify({ t: 'cursor', rev: 1, author: 2, ranges: [[3, 3]] }));
    ada.network.wire.deliverDown();
    expect(ada.carets).toEqual([]);
    server.write(50, ['abcd']);
    server.settle();
    expect(caretOf(ada, 2)).toEqual([[3, 3]]);
  });

  it('go with a blur and with their person', () => {
    const { clock, server, ada, ben, cleo } = scene('text');
    ben.client.select([[1, 1]]);
    cleo.client.select([[2, 2]]);
    server.settle();
    expect(ada.carets).toHaveLength(2);
    clock.advance(50);
    ben.client.select(null);
    server.settle();
    expect(ada.carets.map(({ name }) => name)).toEqual(['Person 3']);
    cleo.client.close();
    server.settle();
    expect(ada.carets).toEqual([]);
  });

  it('do not jump to what was written while we were away', () => {
    const { clock, server, ada, ben } = scene('text');
    ada.network.wire.cut();
    ben.type(0, 'x');
    server.settle();
    clock.advance(500);
    server.settle();
    expect(ada.text).toBe('xtext');
    expect(ada.view.typing.size).toBe(0);
    expect(ada.carets).toEqual([]);
  });
});

describe('our own caret', () => {
  it('is told at most 20 times a second, the last place for certain', () => {
    const { clock, server, ada } = scene('0123456789'.repeat(20));
    for (let step = 0; step < 100; step++) {
      ada.client.select([[step, step]]);
      clock.advance(10);
    }
    clock.advance(50);
    server.settle();
    expect(cursors(server).length).toBeLessThanOrEqual(21);
    expect(cursors(server).at(-1)?.ranges).toEqual([[99, 99]]);
  });

  it('is told again a second after the last edit, at its place in the agreed text', () => {
    const { clock, server, ada, ben } = scene('text');
    ada.client.select([[4, 4]]);
    server.settle();
    ada.type(4, '!');
    server.settle();
    ben.type(0, '# ');
    server.settle();
    clock.advance(999);
    server.settle();
    expect(cursors(server)).toHaveLength(1);
    clock.advance(1);
    server.settle();
    expect(cursors(server)[1]).toEqual({ t: 'cursor', rev: 3, ranges: [[7, 7]] });
  });

  it('is not told while an edit has no acknowledgement, for its place means nothing to others', () => {
    const { clock, server, ada } = scene('text');
    server.holding = true;
    ada.type(4, '!');
    ada.client.select([[5, 5]]);
    server.settle();
    clock.advance(2_000);
    server.settle();
    expect(cursors(server)).toEqual([]);
    server.release();
    server.settle();
    expect(cursors(server)).toEqual([{ t: 'cursor', rev: 2, ranges: [[5, 5]] }]);
  });

  it('is told anew after a break', () => {
    const { clock, server, ada } = scene('text');
    ada.client.select([[3, 1]]);
    server.settle();
    ada.network.wire.cut();
    clock.advance(500);
    server.settle();
    expect(cursors(server)).toHaveLength(2);
    expect(cursors(server)[1]?.ranges).toEqual([[3, 1]]);
  });
});
