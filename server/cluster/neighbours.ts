import type { Person } from '../../lib/protocol/index.ts';
import type { ServerLimits } from '../limits.ts';
import type { Here } from './envelope.ts';

/** A node that said nothing of a room for this long, in ms, has nobody there: three of its regular words were lost. */
export const SILENT_MS = 15_000;

/** What the members of a room are to be told: who came or is called otherwise now, and who is with no other node any more. */
export interface PeopleChange {
  join: readonly Person[];
  leave: readonly number[];
}

/** One node's word that somebody is with it. */
interface Claim {
  person: Person;
  /** Grows with each new claim: the youngest counts, for somebody who has moved is still claimed by the node they left. */
  order: number;
}

interface Neighbour {
  /** Ms; when it last said anything of the room. */
  heardAt: number;
  claims: Map<number, Claim>;
}

/**
 * Who is in one room at other nodes, from hints that may be lost, doubled, late or out of order: after the next complete word of
 * a node, what is known of it is right. Whether somebody is at this node too is for the room to say, and goes before.
 * Times are ms of one clock, which need not be anybody else's.
 */
export class Neighbours {
  readonly #limits: Pick<ServerLimits, 'neighbours' | 'members'>;
  readonly #nodes = new Map<string, Neighbour>();
  #claimed = 0;

  constructor(limits: Pick<ServerLimits, 'neighbours' | 'members'>) {
    this.#limits = limits;
  }

  /** Everybody, each once. */
  people(): Person[] {
    const authors = new Set([...this.#nodes.values()].flatMap(({ claims }) => [...claims.keys()]));
    return [...authors].flatMap((author) => this.find(author) ?? []);
  }

  /** What the node that they came to last says of this author. */
  find(author: number): Person | undefined {
    return this.#youngest(author)?.person;
  }

  /** How many nodes have somebody here, or had lately. */
  get nodes(): number {
    return this.#nodes.size;
  }

  /**
   * A node said who is with it. Nodes and people beyond the limits are taken for not being there. A `bye` is `bye`, and a part
   * (`from`, `to`) says nothing of those outside of it.
   */
  heard(node: string, { people, from = 0, to = Infinity, bye }: Omit<Here, 'k'>, now: number): PeopleChange {
    if (bye) return this.bye(node);
    const neighbour = this.#nodes.get(node) ?? this.#welcome(node, now);
    if (!neighbour) return { join: [], leave: [] };
    neighbour.heardAt = now;
    const { claims } = neighbour;
    const isMeant = (author: number): boolean => author >= from && author <= to;
    const named = new Map(people.filter(({ author }) => isMeant(author)).map((person) => [person.author, person]));
    const gone = [...claims.keys()].filter((author) => isMeant(author) && !named.has(author));
    return this.#change([...gone, ...named.keys()], () => {
      for (const author of gone) claims.delete(author);
      for (const person of named.values()) {
        const known = claims.get(person.author);
        if (known) known.person = person;
        else if (claims.size < this.#limits.members) claims.set(person.author, { person, order: ++this.#claimed });
      }
    });
  }

  /** Somebody has gone to a node, as that says, which has not told yet who is with it. Its next complete word tells for certain. */
  came(node: string, person: Person, now: number): PeopleChange {
    const neighbour = this.#nodes.get(node) ?? this.#welcome(node, now);
    if (!neighbour) return { join: [], leave: [] };
    return this.#change([person.author], () => {
      neighbour.claims.set(person.author, { person, order: ++this.#claimed });
    });
  }

  /** A node does not hold the room any more. */
  bye(node: string): PeopleChange {
    const authors = [...(this.#nodes.get(node)?.claims.keys() ?? [])];
    return this.#change(authors, () => this.#nodes.delete(node));
  }

  /** Nodes that were silent for `SILENT_MS` have nobody here. To be called every few seconds. */
  forgetSilent(now: number): PeopleChange {
    const silent = [...this.#nodes].filter(([, { heardAt }]) => now - heardAt >= SILENT_MS);
    const authors = silent.flatMap(([, { claims }]) => [...claims.keys()]);
    return this.#change(authors, () => {
      for (const [node] of silent) this.#nodes.delete(node);
    });
  }

  #welcome(node: string, now: number): Neighbour | null {
    if (this.#nodes.size >= this.#limits.neighbours) return null;
    const neighbour = { heardAt: now, claims: new Map<number, Claim>() };
    this.#nodes.set(node, neighbour);
    return neighbour;
  }

  /** What `run` changes for these authors. */
  #change(authors: readonly number[], run: () => void): PeopleChange {
    const before = new Map(authors.map((author) => [author, this.find(author)]));
    run();
    const join: Person[] = [];
    const leave: number[] = [];
    for (const [author, known] of before) {
      const person = this.find(author);
      if (person && !(known && isSame(person, known))) join.push(person);
      if (!person && known) leave.push(author);
    }
    return { join, leave };
  }

  #youngest(author: number): Claim | undefined {
    let youngest: Claim | undefined;
    for (const { claims } of this.#nodes.values()) {
      const claim = claims.get(author);
      if (claim && !(youngest && youngest.order > claim.order)) youngest = claim;
    }
    return youngest;
  }
}

function isSame(a: Person, b: Person): boolean {
  return (
    a.author === b.author &&
    a.person === b.person &&
    a.name === b.name &&
    a.color === b.color &&
    a.role === b.role &&
    a.kind === b.kind
  );
}
