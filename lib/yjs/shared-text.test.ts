import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seededRandom } from '../testing/seeded-random.ts';
import { emptyUpdate, isEmptyUpdate, mergeUpdates, SharedText, YjsFault } from './index.ts';

const ROOT = 'codemirror';
const { next: random } = seededRandom(1);

/** A stock client that has everything of the shared text. */
function clientOf(shared: SharedText): { doc: Y.Doc; text: Y.Text; change(act: () => void): Uint8Array } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, shared.diff());
  const text = doc.getText(ROOT);
  function change(act: () => void): Uint8Array {
    const vector = Y.encodeStateVector(doc);
    doc.transact(act);
    return Y.encodeStateAsUpdate(doc, vector);
  }
  return { doc, text, change };
}

function holding(text: string): SharedText {
  const shared = SharedText.create(ROOT, random);
  shared.edit([text]);
  return shared;
}

describe('an edit of our own', () => {
  it('[P12] gives exactly its own bytes', () => {
    const shared = holding('one three');
    const before = shared.diff();
    const { doc, text } = clientOf(shared);
    const update = shared.edit([4, 'two !', -5]);
    Y.applyUpdate(doc, update);
    expect([shared.toString(), text.toJSON()]).toEqual(['one two !', 'one two !']);
    expect(SharedText.load(ROOT, [before, update], random).toString()).toBe('one two !');
  });

  it('changes nothing with identity, or if it reaches beyond the text', () => {
    const shared = holding('abc');
    const state = shared.diff();
    expect(shared.edit([])).toBe(emptyUpdate);
    expect(isEmptyUpdate(shared.edit([]))).toBe(true);
    expect(() => shared.edit([4, 'x'])).toThrow(RangeError);
    expect([shared.diff(), shared.spoilt]).toEqual([state, false]);
  });

  it('[P12] never has the client id of somebody who is in the Y.Doc', () => {
    const ids = [0.5, 0.5, 0.5, 0.75];
    const next = (): number => ids.shift() ?? 0;
    const first = SharedText.create(ROOT, next);
    first.edit(['a']);
    const second = SharedText.load(ROOT, [first.diff()], next);
    second.edit([1, 'b']);
    expect([...Y.decodeStateVector(second.stateVector()).keys()].toSorted((a, b) => a - b)).toEqual([
      2 ** 31,
      3 * 2 ** 30,
    ]);
  });
});

describe('an update of a client', () => {
  it('[P6] that tears a pair says so, though Yjs does not', () => {
    const shared = holding('a😀b');
    const { text, change } = clientOf(shared);
    const update = change(() => text.insert(2, 'x'));
    expect(shared.take(update, Infinity)).toMatchObject({ op: [1, '\ufffdx\ufffd', -2] });
    expect(shared.toString()).toBe(text.toJSON());
  });

  it('[P6] that takes half a pair away leaves U+FFFD for the other', () => {
    const shared = holding('a😀b');
    const { text, change } = clientOf(shared);
    expect(
      shared.take(
        change(() => text.delete(2, 2)),
        Infinity,
      ),
    ).toMatchObject({ op: [1, '\ufffd', -3] });
    expect(shared.toString()).toBe('a\ufffd');
  });

  it('[P6] that tears a pair far from what it changes says so', () => {
    const shared = holding('a😀b');
    const [[client, end] = [0, 0]] = [...Y.decodeStateVector(shared.stateVector())];
    // "x" at the beginning, whose right neighbour was, it says, the second half of the pair.
    const update = Uint8Array.of(1, 1, 9, 0, 64 | 4, ...varUint(client), end - 2, 1, 120, 0);
    expect(shared.take(update, Infinity)).toMatchObject({ kind: 'edit' });
    expect(shared.toString()).toMatch(/^x?a\ufffd\ufffdb$|^a\ufffdx\ufffdb$/);
  });

  it('[P6] is rid of what is no clean text, for everybody and for its sender', () => {
    const shared = holding('ab');
    const { doc, text, change } = clientOf(shared);
    const update = change(() => {
      text.insert(1, '1\r\n2\r\r3\r');
      text.insertEmbed(0, { image: 'a.png' });
      text.insertEmbed(2, new Y.Map([['deep', new Y.Text('x')]]));
    });
    const taken = shared.take(update, Infinity);
    if (taken.kind !== 'edit') throw new Error('It brought nothing.');
    expect(taken).toMatchObject({ op: [1, '1\n23'], repaired: true });
    Y.applyUpdate(doc, taken.update);
    expect([text.toJSON(), text.length, shared.toString(), shared.length]).toEqual(['a1\n23b', 6, 'a1\n23b', 6]);
  });

  it('is identity if it only formats, or is about another root; and is told all the same', () => {
    const shared = holding('abc');
    const { doc, text, change } = clientOf(shared);
    const format = shared.take(
      change(() => text.format(0, 2, { bold: true })),
      Infinity,
    );
    expect(format).toMatchObject({ kind: 'edit', op: [], repaired: false });
    expect(
      shared.take(
        change(() => doc.getMap('m').set('k', 1)),
        Infinity,
      ),
    ).toMatchObject({ kind: 'edit', op: [] });
    shared.edit([1, 'x']);
    expect(shared.toString()).toBe('axbc');
  });

  it('[P3] brings nothing the second time', () => {
    const shared = holding('abc');
    const { text, change } = clientOf(shared);
    const update = change(() => text.insert(3, 'd'));
    expect(shared.take(update, Infinity).kind).toBe('edit');
    expect(shared.take(update, Infinity)).toEqual({ kind: 'nothing' });
    expect(shared.take(emptyUpdate, Infinity)).toEqual({ kind: 'nothing' });
  });
});

describe('a state', () => {
  it('[P11] is not loaded if something is missing, or if it holds no clean text', () => {
    const shared = SharedText.create(ROOT, random);
    const updates = [shared.edit(['a']), shared.edit([1, 'b']), shared.edit([2, 'c'])];
    expect(SharedText.load(ROOT, updates, random).toString()).toBe('abc');
    expect(() => SharedText.load(ROOT, updates.toSpliced(1, 1), random)).toThrow(YjsFault);
    const { text, doc } = clientOf(shared);
    text.insert(0, '\r');
    expect(() => SharedText.load(ROOT, [Y.encodeStateAsUpdate(doc)], random)).toThrow('clean');
  });

  it('gives what a state vector lacks, and refuses one that is malformed', () => {
    const shared = holding('abc');
    const vector = shared.stateVector();
    const { doc, text } = clientOf(shared);
    shared.edit([3, 'd']);
    Y.applyUpdate(doc, shared.diff(vector));
    expect(text.toJSON()).toBe('abcd');
    for (const bad of [[], [1], [1, 2], [0, 0], [1, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1]]) {
      expect(() => shared.diff(Uint8Array.from(bad))).toThrow(YjsFault);
    }
  });

  it('can have its updates merged', () => {
    const shared = SharedText.create(ROOT, random);
    const updates = [shared.edit(['a😀']), shared.edit([1, -2]), shared.edit(['b'])];
    expect(SharedText.load(ROOT, [mergeUpdates(updates)], random).toString()).toBe('ba');
    expect(mergeUpdates(updates.slice(1, 2))).toBe(updates[1]);
    expect(mergeUpdates([])).toBe(emptyUpdate);
  });
});

describe('a relative position', () => {
  it('is what y-codemirror.next makes, and stays with its letter', () => {
    const shared = holding('abc');
    const { text } = clientOf(shared);
    const anchor = shared.anchor(1);
    expect(JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(text, 1)))).toEqual(anchor);
    expect(JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(text, 3)))).toEqual(shared.anchor(99));
    shared.edit(['xy', 1, -1]);
    expect([shared.offset(anchor), shared.offset(shared.anchor(4)), shared.offset(shared.anchor(99))]).toEqual([
      3, 4, 4,
    ]);
  });

  it('[P6] is never inside a pair', () => {
    const shared = holding('a😀');
    expect(shared.offset(shared.anchor(2))).toBe(1);
  });

  it.each<[unknown]>([
    [null],
    ['abc'],
    [[]],
    [{}],
    [{ tname: 'other', item: null }],
    [{ tname: ROOT, item: 'x' }],
    [{ tname: ROOT, item: { client: 1 } }],
    [{ tname: ROOT, item: { client: 1, clock: 0 } }],
    [{ tname: ROOT, item: { client: -1, clock: 1.5 } }],
    [{ tname: ROOT, item: null, assoc: 'x' }],
    [{ type: { client: 1, clock: 0 }, item: null }],
  ])('[P7] is nowhere if it is %j', (json) => {
    expect(holding('abc').offset(json)).toBeNull();
  });

  it('[P7] is nowhere if it is in another type', () => {
    const shared = holding('abc');
    const { doc, change } = clientOf(shared);
    shared.take(
      change(() => doc.getText('other').insert(0, 'x')),
      Infinity,
    );
    expect(shared.offset({ tname: ROOT, item: { client: doc.clientID, clock: 0 }, assoc: 0 })).toBeNull();
  });
});

function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varUint(Math.floor(value / 128))];
}
