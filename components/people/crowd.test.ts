import { expect, it } from 'vitest';
import type { Person } from '../../lib/client/index.ts';
import { crowdOf } from './crowd.ts';

const person = (author: number, id: string, name: string, role: Person['role'] = 'edit'): Person => ({
  author,
  person: id,
  name,
  color: author,
  role,
  kind: 'ot',
});

it('[page] shows the tabs of one browser as one person, and never ourselves', () => {
  const people = [
    person(1, 'a', 'Ann'),
    person(2, 'b', 'Bo'),
    person(3, 'b', 'Bo', 'view'),
    person(4, 'me', 'Me'),
    person(5, '', 'X'),
  ];
  const crowd = crowdOf({ people, typing: new Set([3]), me: { person: 'me', name: 'Me', color: 1 }, you: 4 });
  expect(crowd.map(({ name, authors, typing, viewing }) => ({ name, authors, typing, viewing }))).toEqual([
    { name: 'Ann', authors: [1], typing: false, viewing: false },
    { name: 'Bo', authors: [2, 3], typing: true, viewing: false },
    { name: 'X', authors: [5], typing: false, viewing: false },
  ]);
});
