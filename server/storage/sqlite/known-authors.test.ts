import { describe, expect, it } from 'vitest';
import { someAuthor } from '../contract/samples.ts';
import { createKnownAuthors, MOST_CLIENTS } from './known-authors.ts';

const opened = (client: string, author: number) => ({ ...someAuthor(client), author, last: null });

describe('what is known of who has a number', () => {
  it('is everything of a room that was made here', () => {
    const people = createKnownAuthors();
    people.created('r', [{ client: 'first', author: 3 }]);
    expect(people.numberFor('r', 'first')).toBeNull();
    expect(people.numberFor('r', 'second')).toBe(4);
    people.numbered('r', 'second', 4);
    expect(people.numberFor('r', 'second')).toBeNull();
    expect(people.numberFor('r', 'third')).toBe(5);
    expect(people.numberFor('elsewhere', 'third')).toBeNull();
  });

  it('is nothing of any other, until the thread has told of all', () => {
    const people = createKnownAuthors();
    people.asked('r');
    people.answered('r', opened('second', 2));
    expect(people.numberFor('r', 'third')).toBeNull();
    people.question('r')?.({ clients: ['first', 'second'], next: 3 });
    expect(people.question('r')).toBeNull();
    expect(people.numberFor('r', 'first')).toBeNull();
    expect(people.numberFor('r', 'third')).toBe(3);
  });

  it('has whom the thread numbered while it was asked', () => {
    const people = createKnownAuthors();
    const learn = people.question('r');
    people.asked('r');
    people.answered('r', opened('second', 2));
    people.asked('r');
    learn?.({ clients: ['first'], next: 2 });
    expect(people.numberFor('r', 'fourth'), 'somebody is still being numbered').toBeNull();
    people.answered('r', opened('third', 3));
    expect(people.numberFor('r', 'second')).toBeNull();
    expect(people.numberFor('r', 'third')).toBeNull();
    expect(people.numberFor('r', 'fourth')).toBe(4);
  });

  it('is nothing any more once an answer was lost, and an answer of before does not count', () => {
    const people = createKnownAuthors();
    people.created('r', []);
    people.asked('r');
    people.answered('r', null);
    expect(people.numberFor('r', 'x')).toBeNull();

    const learn = people.question('r');
    people.asked('r');
    people.answered('r', null);
    learn?.({ clients: [], next: 1 });
    expect(people.numberFor('r', 'x')).toBeNull();
    people.question('r')?.({ clients: [], next: 1 });
    expect(people.numberFor('r', 'x')).toBe(1);
  });

  it('is asked again if there was no answer', () => {
    const people = createKnownAuthors();
    people.question('r')?.(null);
    people.question('r')?.({ clients: [], next: 1 });
    expect(people.numberFor('r', 'x')).toBe(1);
  });

  it('is nothing while something else is done to the room, nor afterwards, whatever is learned meanwhile', () => {
    const people = createKnownAuthors();
    people.created('r', []);
    people.asked('r');
    expect(people.numberFor('r', 'x')).toBeNull();
    people.asked('r');
    people.answered('r', opened('x', 1));
    people.question('r')?.({ clients: ['x'], next: 2 });
    expect(people.numberFor('r', 'y')).toBeNull();
    const learn = people.question('r');
    people.answered('r', null);
    learn?.({ clients: ['x'], next: 2 });
    expect(people.numberFor('r', 'y')).toBeNull();
    people.created('r', []);
    expect(people.numberFor('r', 'y')).toBe(1);
  });

  it('is nothing of a room with more clients than are held', () => {
    const people = createKnownAuthors();
    people.question('many')?.('many');
    expect(people.question('many')).toBeNull();
    expect(people.numberFor('many', 'x')).toBeNull();

    people.created('r', []);
    for (let author = 1; author <= MOST_CLIENTS; author++) people.numbered('r', `c${author}`, author);
    expect(people.numberFor('r', 'x')).toBe(MOST_CLIENTS + 1);
    people.numbered('r', 'x', MOST_CLIENTS + 1);
    expect(people.numberFor('r', 'y')).toBeNull();
    expect(people.question('r')).toBeNull();
  });

  it('is bounded over all rooms: the others are forgotten, but not that somebody is being numbered', () => {
    const people = createKnownAuthors();
    people.created('first', []);
    people.asked('first');
    const clients = Array.from({ length: 4_000 }, (_, index) => `c${index}`);
    for (let room = 0; room < 26; room++) people.question(`r${room}`)?.({ clients, next: 4_001 });
    expect(people.numberFor('r0', 'x')).toBeNull();
    expect(people.numberFor('r25', 'x')).toBe(4_001);
    people.answered('first', opened('x', 1));
    people.question('first')?.({ clients: ['x'], next: 2 });
    expect(people.numberFor('first', 'y')).toBe(2);
  });
});
