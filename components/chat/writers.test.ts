import { expect, it } from 'vitest';
import type { TalkEvent, TalkWord } from '../../lib/client/index.ts';
import { ManualClock } from '../../lib/testing/index.ts';
import { Writers } from './writers.ts';

function scene() {
  const clock = new ManualClock();
  const said: TalkWord[] = [];
  const heard = new Set<(event: TalkEvent) => void>();
  const writers = new Writers(
    {
      talk: (word) => said.push(word) > 0,
      onTalk: (listener) => (heard.add(listener), () => heard.delete(listener)),
    },
    { now: clock.now, after: clock.after },
  );
  return { clock, said, writers, hear: (event: TalkEvent) => heard.forEach((listener) => listener(event)) };
}

it('says that one writes at the first letter, and then every three seconds', () => {
  const { clock, said, writers } = scene();
  for (let letter = 0; letter < 40; letter++) {
    writers.typed();
    clock.advance(100);
  }
  expect(said).toEqual([{ t: 'writing' }, { t: 'writing' }]);
  writers.sent();
  writers.typed();
  expect(said).toHaveLength(3);
});

it('knows who writes until some seconds after their last word, or their message', () => {
  const { clock, writers, hear } = scene();
  hear({ t: 'writing', author: 2 });
  clock.advance(4_000);
  hear({ t: 'writing', author: 3 });
  hear({ t: 'writing', author: 2 });
  expect(writers.get()).toEqual([2, 3]);
  clock.advance(6_999);
  expect(writers.get()).toEqual([2, 3]);
  hear({ t: 'chat', rev: 1, message: { n: 1, id: 'a', author: 2, name: 'Ann', color: 1, at: 0, text: 'x' } });
  expect(writers.get()).toEqual([3]);
  clock.advance(1);
  expect(writers.get()).toEqual([]);
});
