import { expect, it } from 'vitest';
import { PEOPLE_MS, PeopleTalk } from './people-talk.ts';

function talk() {
  const said: string[] = [];
  const timers: (() => void)[] = [];
  const clock = {
    after(ms: number, run: () => void) {
      expect(ms).toBe(PEOPLE_MS);
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  };
  return { said, talk: new PeopleTalk(clock, (words) => said.push(words)), later: () => timers.shift()?.(), timers };
}

it('[page] the first one is said at once, and whoever comes within five seconds together', () => {
  const { said, talk: people, later } = talk();
  people.joined(1, 'Ann');
  people.joined(2, 'Bo');
  people.left(1, 'Ann');
  expect(said).toEqual(['Ann joined.']);
  later();
  expect(said).toEqual(['Ann joined.', 'Bo joined. Ann left.']);
});

it('[page] many are a number, and who came and went unheard is not spoken of', () => {
  const { said, talk: people, later, timers } = talk();
  people.joined(1, 'Ann');
  for (let author = 2; author <= 6; author += 1) people.joined(author, `P${author}`);
  people.left(6, 'P6');
  later();
  expect(said).toEqual(['Ann joined.', '4 people joined.']);
  later();
  expect(timers).toEqual([]);
  people.left(5, 'P5');
  people.joined(5, 'P5');
  expect(said.at(-1)).toBe('P5 left.');
});

it('[page] a line is said once, after who came, and the newest of what was passed over', () => {
  const { said, talk: people, later } = talk();
  people.editing(1, 'Ann', 3);
  people.editing(1, 'Ann', 4);
  people.editing(1, 'Ann', 5);
  people.joined(2, 'Bo');
  later();
  later();
  people.editing(1, 'Ann', 5);
  later();
  people.editing(1, 'Ann', 5);
  expect(said).toEqual(['Ann is editing line 3.', 'Bo joined.', 'Ann is editing line 5.']);
});

it('[page] says nothing any more once stopped', () => {
  const { said, talk: people, timers } = talk();
  people.joined(1, 'Ann');
  people.joined(2, 'Bo');
  people.stop();
  expect(timers).toEqual([]);
  expect(said).toEqual(['Ann joined.']);
});
