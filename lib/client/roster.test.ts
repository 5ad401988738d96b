import { expect, it } from 'vitest';
import type { Person } from '../protocol/index.ts';
import { ManualClock } from '../testing/index.ts';
import { Roster } from './roster.ts';

const person = (author: number): Person => ({
  author,
  person: '',
  name: `Person ${author}`,
  color: 1,
  role: 'edit',
  kind: 'ot',
});

it('never lists ourselves, though a restored backup gives us the number that somebody else had', () => {
  const roster = new Roster(new ManualClock(), () => undefined);
  roster.update([person(1), person(2), person(3)], [], 1);
  expect(roster.people.map(({ author }) => author)).toEqual([2, 3]);
  roster.expectAll();
  expect(roster.update([person(2), person(3)], [], 2)).toEqual([]);
  expect(roster.people.map(({ author }) => author)).toEqual([3]);
});
