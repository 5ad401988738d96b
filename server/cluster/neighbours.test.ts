import { describe, expect, it } from 'vitest';
import type { Person } from '../../lib/protocol/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { hereMessages, type Here } from './envelope.ts';
import { Neighbours, SILENT_MS, type PeopleChange } from './neighbours.ts';

const limits = { neighbours: 4, members: 10 };

function someone(author: number, name = `person ${author}`): Person {
  return { author, person: `p${author}`, name, color: 1, role: 'edit', kind: 'ot' };
}

function here(...people: Person[]): Omit<Here, 'k'> {
  return { people };
}

const nothing = { join: [], leave: [] };

describe('who is at other nodes', () => {
  it('tells who came, who is called otherwise, and who left', () => {
    const neighbours = new Neighbours(limits);
    expect(neighbours.heard('a', here(someone(1), someone(2)), 0)).toEqual({
      join: [someone(1), someone(2)],
      leave: [],
    });
    expect(neighbours.heard('a', here(someone(1), someone(2)), 1)).toEqual(nothing);
    expect(neighbours.heard('a', here(someone(2, 'Ada'), someone(3)), 2)).toEqual({
      join: [someone(2, 'Ada'), someone(3)],
      leave: [1],
    });
    expect(neighbours.people()).toEqual([someone(2, 'Ada'), someone(3)]);
    expect(neighbours.find(2)).toEqual(someone(2, 'Ada'));
    expect(neighbours.find(1)).toBeUndefined();
    expect(neighbours.bye('a')).toEqual({ join: [], leave: [2, 3] });
    expect(neighbours.bye('a')).toEqual(nothing);
    expect(neighbours.nodes).toBe(0);
  });

  it.each<[keyof Person, Partial<Person>]>([
    ['person', { person: 'other' }],
    ['name', { name: 'other' }],
    ['color', { color: 7 }],
    ['role', { role: 'view' }],
    ['kind', { kind: 'yjs' }],
  ])('notices another %s', (_, change) => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1)), 0);
    const changed = { ...someone(1), ...change };
    expect(neighbours.heard('a', here(changed), 1)).toEqual({ join: [changed], leave: [] });
  });

  it('takes a bye within the message for one', () => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1)), 0);
    expect(neighbours.heard('a', { people: [], bye: true }, 1)).toEqual({ join: [], leave: [1] });
    expect(neighbours.nodes).toBe(0);
  });

  it('forgets a node that is silent, and no other', () => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1)), 0);
    neighbours.heard('b', here(someone(2)), 1);
    expect(neighbours.forgetSilent(SILENT_MS - 1)).toEqual(nothing);
    expect(neighbours.forgetSilent(SILENT_MS)).toEqual({ join: [], leave: [1] });
    neighbours.heard('b', here(someone(2)), SILENT_MS);
    expect(neighbours.forgetSilent(2 * SILENT_MS - 1)).toEqual(nothing);
    expect(neighbours.people()).toEqual([someone(2)]);
  });

  it('counts somebody who moves once, by the node they came to last, and does not flicker', () => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1, 'old')), 0);
    expect(neighbours.heard('b', here(someone(1, 'new')), 1)).toEqual({ join: [someone(1, 'new')], leave: [] });
    // The node that they left has not noticed yet.
    expect(neighbours.heard('a', here(someone(1, 'old')), 2)).toEqual(nothing);
    expect(neighbours.people()).toEqual([someone(1, 'new')]);
    expect(neighbours.heard('a', here(), 3)).toEqual(nothing);
    expect(neighbours.bye('b')).toEqual({ join: [], leave: [1] });
  });

  it('falls back to the other node if the newer one was wrong', () => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1, 'here')), 0);
    neighbours.heard('b', here(someone(1, 'there')), 1);
    expect(neighbours.heard('b', here(), 2)).toEqual({ join: [someone(1, 'here')], leave: [] });
  });

  it('takes a part for what it is', () => {
    const neighbours = new Neighbours(limits);
    neighbours.heard('a', here(someone(1), someone(5), someone(9)), 0);
    expect(neighbours.heard('a', { people: [someone(4)], from: 3, to: 8 }, 1)).toEqual({
      join: [someone(4)],
      leave: [5],
    });
    // Nobody speaks of those outside of what is meant.
    expect(neighbours.heard('a', { people: [someone(2)], from: 9 }, 2)).toEqual({ join: [], leave: [9] });
    expect(neighbours.people()).toEqual([someone(1), someone(4)]);
  });

  it('[P9] has bounds: nodes, and people of each', () => {
    const neighbours = new Neighbours(limits);
    for (let node = 1; node <= 9; node++) neighbours.heard(`node ${node}`, here(someone(node)), node);
    expect(neighbours.nodes).toBe(limits.neighbours);
    expect(neighbours.people()).toHaveLength(limits.neighbours);
    // A place is free again once somebody was silent.
    neighbours.forgetSilent(SILENT_MS + 1);
    expect(neighbours.heard('node 9', here(someone(9)), SILENT_MS + 1).join).toEqual([someone(9)]);
    const crowd = Array.from({ length: 30 }, (_, index) => someone(100 + index));
    expect(neighbours.heard('node 9', here(...crowd), SILENT_MS + 2).join).toHaveLength(limits.members);
  });

  it('is right again after the next word of each node, whatever was lost, doubled or late', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed);
      const neighbours = new Neighbours({ neighbours: 4, members: 20 });
      /** Who is where in truth; somebody may be at two nodes for a while. */
      const truth = new Map(['a', 'b', 'c'].map((node) => [node, new Map<number, Person>()]));
      /** What members of the room believe, who hear of changes alone. */
      const told = new Map<number, Person>();
      const underWay: [string, Here][] = [];
      let now = 0;

      const tell = ({ join, leave }: PeopleChange): void => {
        for (const author of leave) told.delete(author);
        for (const person of join) told.set(person.author, person);
        expect(sorted(told.values())).toEqual(sorted(neighbours.people()));
      };
      const say = (node: string, people: Map<number, Person>): void => {
        for (const message of hereMessages([...people.values()], 3)) underWay.push([node, message]);
      };

      for (let step = 0; step < 100; step++) {
        now += random.int(2_000);
        const [node, people] = random.pick([...truth]);
        const author = 1 + random.int(12);
        if (random.int(2)) people.set(author, someone(author, `name ${random.int(3)}`));
        else people.delete(author);
        if (random.int(20) === 0) {
          people.clear();
          underWay.push([node, { k: 'here', people: [], bye: true }]);
        } else say(node, people);
        // Some are lost, and any of them may be the next; what stays may come once more.
        if (random.int(4) === 0 && underWay.length > 0) underWay.splice(random.int(underWay.length), 1);
        for (let count = random.int(4); count > 0 && underWay.length > 0; count--) {
          const index = random.int(underWay.length);
          const [from, message] = underWay[index] ?? ['a', { k: 'here', people: [] }];
          if (random.int(3)) underWay.splice(index, 1);
          tell(neighbours.heard(from, message, now));
        }
        if (random.int(5) === 0) tell(neighbours.forgetSilent(now));
      }

      underWay.length = 0;
      for (const [node, people] of truth) say(node, people);
      for (const [node, message] of underWay) tell(neighbours.heard(node, message, now));
      const all = new Set([...truth.values()].flatMap((people) => [...people.keys()]));
      expect(sorted(neighbours.people()).map(({ author }) => author)).toEqual([...all].sort((a, b) => a - b));
      for (const person of neighbours.people()) {
        const claims = [...truth.values()].flatMap((people) => people.get(person.author) ?? []);
        expect(claims).toContainEqual(person);
      }
    }
  });
});

function sorted(people: Iterable<Person>): Person[] {
  return [...people].sort((a, b) => a.author - b.author);
}
