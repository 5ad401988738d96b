import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { apply } from '../ot/index.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { SharedText, YjsFault } from './index.ts';

const ROOT = 'codemirror';
const random = seededRandom(1).next;
/** Mutilated updates. The full run uses 50,000. */
const CASES = Number(process.env['YJS_CASES'] ?? 800);

/** One struct of a forged update: what an honest client would not write. */
interface Forged {
  origin?: [client: number, clock: number];
  rightOrigin?: [client: number, clock: number];
  /** A root's name, or the id of the item that holds the type. Only without origins. */
  parent?: string | [client: number, clock: number];
  key?: string;
  text?: string;
  /** The number of a kind of type, instead of text. */
  type?: number;
}

interface Section {
  client: number;
  clock: number;
  structs: Forged[];
}

function forge(sections: Section[], deletes: [client: number, clock: number, length: number][] = []): Uint8Array {
  return encoding.encode((encoder) => {
    const numbers = (...values: number[]): void => values.forEach((value) => encoding.writeVarUint(encoder, value));
    numbers(sections.length);
    for (const { client, clock, structs } of sections) {
      numbers(structs.length, client, clock);
      for (const { origin, rightOrigin, parent, key, text = '', type } of structs) {
        const flags = (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (key === undefined ? 0 : 32);
        encoding.writeUint8(encoder, flags | (type === undefined ? 4 : 7));
        if (origin) numbers(...origin);
        if (rightOrigin) numbers(...rightOrigin);
        if (typeof parent === 'string') {
          numbers(1);
          encoding.writeVarString(encoder, parent);
        } else if (parent) numbers(0, ...parent);
        if (key !== undefined) encoding.writeVarString(encoder, key);
        if (type === undefined) encoding.writeVarString(encoder, text);
        else numbers(type);
      }
    }
    numbers(deletes.length);
    for (const [client, clock, length] of deletes) numbers(client, 1, clock, length);
  });
}

/** A shared text that one stock client has written. */
function written(text: string): { shared: SharedText; client: Y.Doc } {
  const shared = SharedText.create(ROOT, random);
  const client = new Y.Doc();
  client.clientID = 7;
  client.getText(ROOT).insert(0, text);
  shared.take(Y.encodeStateAsUpdate(client), Infinity);
  return { shared, client };
}

/** The code of the refusal, which leaves everything as it was. */
function refusal(shared: SharedText, update: Uint8Array, room = Infinity): string {
  const before = [shared.toString(), shared.stateVector(), shared.diff()];
  try {
    shared.take(update, room);
  } catch (error) {
    if (!(error instanceof YjsFault)) throw error;
    if (!shared.spoilt) expect([shared.toString(), shared.stateVector(), shared.diff()]).toEqual(before);
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
    return error.code;
  }
  return 'taken';
}

describe('an update that no honest client makes', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing at all', Uint8Array.of(), 'bad-update'],
    ['a section that starts too late', forge([{ client: 9, clock: 1, structs: [{ parent: ROOT, text: 'x' }] }]), 'gap'],
    ['an unknown origin', forge([{ client: 9, clock: 0, structs: [{ origin: [8, 0], text: 'x' }] }]), 'gap'],
    ['an unknown right origin', forge([{ client: 9, clock: 0, structs: [{ rightOrigin: [7, 9], text: 'x' }] }]), 'gap'],
    ['an unknown parent', forge([{ client: 9, clock: 0, structs: [{ parent: [8, 0], text: 'x' }] }]), 'gap'],
    ['deletions of what is not here', forge([], [[7, 2, 9]]), 'gap'],
    ['an empty deletion', forge([], [[7, 1, 0]]), 'bad-update'],
    ['an empty struct', forge([{ client: 9, clock: 0, structs: [{ parent: ROOT, text: '' }] }]), 'bad-update'],
    [
      'a struct that depends on itself',
      forge([{ client: 9, clock: 0, structs: [{ origin: [9, 0], text: 'x' }] }]),
      'bad-update',
    ],
    [
      'structs that depend on each other',
      forge([
        { client: 8, clock: 0, structs: [{ origin: [9, 0], text: 'x' }] },
        { client: 9, clock: 0, structs: [{ origin: [8, 0], text: 'y' }] },
      ]),
      'bad-update',
    ],
    [
      'two sections of one client',
      forge([
        { client: 9, clock: 0, structs: [{ parent: ROOT, text: 'x' }] },
        { client: 9, clock: 1, structs: [{ parent: ROOT, text: 'y' }] },
      ]),
      'bad-update',
    ],
    [
      'a clock beyond 2^53',
      forge([{ client: 9, clock: 2 ** 53 - 1, structs: [{ parent: ROOT, text: 'x' }] }]),
      'bad-update',
    ],
    [
      'a struct that is known, with another origin: it would tear a pair, and nobody else would hear of it',
      forge([{ client: 7, clock: 0, structs: [{ origin: [7, 1], text: 'a' }] }]),
      'bad-update',
    ],
    ['types nested deep', nestedTypes(ROOT, 200), 'too-many'],
    ['types nested deep in another root', nestedTypes('elsewhere', 200), 'too-many'],
    ['very many roots', manyRoots(1_000), 'too-many'],
    ['what Yjs would look for ever to place', crowd(4_000), 'too-many'],
    ['values nested deep', embed('['.repeat(5_000) + ']'.repeat(5_000)), 'too-many'],
    ['half a surrogate pair in UTF-8', lonelySurrogate(), 'bad-update'],
  ])('[P7] is refused, and changes nothing: %s', (_, update, code) => {
    const { shared } = written('a😀b');
    expect(refusal(shared, update)).toBe(code);
    expect(shared.spoilt).toBe(false);
    expect(shared.toString()).toBe('a😀b');
  });

  it('[P7] may depend on any order of sections that there is', () => {
    const { shared } = written('ab');
    const update = forge([
      {
        client: 8,
        clock: 0,
        structs: [
          { origin: [9, 0], text: 'x' },
          { origin: [9, 1], text: 'X' },
        ],
      },
      {
        client: 9,
        clock: 0,
        structs: [
          { origin: [7, 0], text: 'y' },
          { origin: [8, 0], text: 'Y' },
        ],
      },
    ]);
    expect(shared.take(update, Infinity)).toMatchObject({ kind: 'edit', op: [2, 'yxYX'] });
  });

  it('[P12] may use our own client id: we take another one, and nothing clashes', () => {
    const shared = SharedText.create(ROOT, random);
    shared.edit(['hello']);
    const own = [...Y.decodeStateVector(shared.stateVector()).keys()][0] ?? 0;
    shared.take(forge([{ client: own, clock: 5, structs: [{ origin: [own, 4], text: '!' }] }]), Infinity);
    shared.edit([6, ' world']);
    expect(shared.toString()).toBe('hello! world');
    expect(Y.decodeStateVector(shared.stateVector()).size).toBe(2);
  });

  it('[P6] may use the root as a map, a list or what it likes: what counts in the text is text', () => {
    const { shared } = written('ab');
    const other = new Y.Doc();
    const map = other.getMap(ROOT);
    map.set('k', 'v');
    map.set('t', new Y.Text('deep\r'));
    expect(shared.take(Y.encodeStateAsUpdate(other), Infinity)).toMatchObject({ op: [], repaired: false });
    const list = new Y.Doc();
    list.getArray(ROOT).insert(0, ['x', 5, Uint8Array.of(1), new Y.Map([['a', 1]]), new Y.Doc()]);
    expect(shared.take(Y.encodeStateAsUpdate(list), Infinity)).toMatchObject({ op: [], repaired: true });
    expect([shared.toString(), shared.length]).toEqual(['ab', 2]);
  });

  it('[P7] that was mutilated is taken or refused, and never spoils the text or hangs', () => {
    let spoilt = 0;
    for (let seed = 0; seed < CASES; seed++) {
      const random = seededRandom(seed);
      const { shared, client } = written('a😀b\nc');
      const vector = Y.encodeStateVector(client);
      const text = client.getText(ROOT);
      client.clientID = 8 + random.int(2);
      text.insert(2, 'x😀');
      text.insertEmbed(1, { a: [1] });
      text.format(0, 3, { bold: true });
      text.delete(3, 2);
      client.getMap('m').set('k', new Y.Array());
      const bytes = Y.encodeStateAsUpdate(client, random.int(2) === 0 ? vector : undefined);
      for (let flips = 1 + random.int(3); flips > 0; flips--) bytes[random.int(bytes.length)] = random.int(256);
      const sent = random.int(4) === 0 ? bytes.subarray(0, random.int(bytes.length)) : bytes;
      const before = shared.toString();
      const state = shared.diff();
      try {
        const taken = shared.take(sent, 100);
        const op = taken.kind === 'edit' ? taken.op : [];
        expect(shared.toString(), `seed ${seed}`).toBe(apply(before, op));
        if (taken.kind === 'nothing') continue;
        const follower = SharedText.load(ROOT, [state, taken.update], random.next);
        expect(follower.toString(), `seed ${seed}`).toBe(shared.toString());
      } catch (error) {
        if (!(error instanceof YjsFault)) throw error;
        if (shared.spoilt) spoilt++;
        else expect([shared.toString(), shared.diff()], `seed ${seed}`).toEqual([before, state]);
      }
    }
    expect(spoilt).toBe(0);
  }, 600_000);
});

describe('an update that is too long', () => {
  it('[P9] is refused if the text would grow by more than there is room for', () => {
    const { shared, client } = written('abc');
    const vector = Y.encodeStateVector(client);
    client.getText(ROOT).insert(3, 'defgh');
    const update = Y.encodeStateAsUpdate(client, vector);
    expect(refusal(shared, update, 4)).toBe('full');
    expect(shared.take(update, 5)).toMatchObject({ op: [3, 'defgh'] });
    expect(shared.take(update, 0)).toEqual({ kind: 'nothing' });
  });

  it('[P9] may replace text in a text that is full, and is not cheated by deleting twice', () => {
    const { shared, client } = written('abcdef');
    const vector = Y.encodeStateVector(client);
    const text = client.getText(ROOT);
    text.insert(0, '12345');
    text.delete(6, 4);
    const update = Y.encodeStateAsUpdate(client, vector);
    expect(refusal(shared, update, 0)).toBe('full');
    expect(shared.take(update, 1)).toMatchObject({ op: ['12345', 1, -4] });

    const { shared: other } = written('abcdef');
    const insert: Section = { client: 9, clock: 0, structs: [{ origin: [7, 5], text: '12345' }] };
    const twice = forge(
      [insert],
      [
        [7, 0, 3],
        [7, 0, 3],
        [7, 1, 2],
      ],
    );
    expect(refusal(other, twice, 1)).toBe('full');
    expect(other.take(twice, 2)).toMatchObject({ op: [-3, 3, '12345'] });
  });
});

/** A map in a map in a map. */
function nestedTypes(root: string, depth: number): Uint8Array {
  const structs = Array.from({ length: depth }, (_, clock): Forged => {
    return { parent: clock === 0 ? root : [9, clock - 1], key: 'k', type: 1 };
  });
  return forge([{ client: 9, clock: 0, structs }]);
}

/** Each item after the first ones stands, it says, between the beginning and another of those. */
function crowd(count: number): Uint8Array {
  const chain = Array.from({ length: count }, (_, clock): Forged => {
    return clock === 0 ? { parent: ROOT, text: 'x' } : { rightOrigin: [9, clock - 1], text: 'x' };
  });
  const rest = chain.map((_, clock): Forged => ({ rightOrigin: [9, clock], text: 'x' }));
  return forge([{ client: 9, clock: 0, structs: [...chain, ...rest] }]);
}

function manyRoots(count: number): Uint8Array {
  const structs = Array.from({ length: count }, (_, index) => ({ parent: `root ${index}`, text: 'x' }));
  return forge([{ client: 9, clock: 0, structs }]);
}

function embed(json: string): Uint8Array {
  return encoding.encode((encoder) => {
    for (const value of [1, 1, 9, 0, 5, 1]) encoding.writeVarUint(encoder, value);
    encoding.writeVarString(encoder, ROOT);
    encoding.writeVarString(encoder, json);
    encoding.writeVarUint(encoder, 0);
  });
}

function lonelySurrogate(): Uint8Array {
  const update = forge([{ client: 9, clock: 0, structs: [{ parent: ROOT, text: '漢' }] }]);
  // 漢 is E6 BC A2; ED A0 80 would be U+D800.
  update.set([0xed, 0xa0, 0x80], update.length - 4);
  return update;
}
