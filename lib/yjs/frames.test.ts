import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { writePermissionDenied } from 'y-protocols/auth';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { seededRandom } from '../testing/seeded-random.ts';
import { decodeFrame, frames, readCursor, readUser, syntheticState, YjsFault } from './index.ts';

const bounds = { stateBytes: 200, states: 3 };

function frameOf(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}

function awarenessFrame(...states: [clientId: number, clock: number, json: string][]): Uint8Array {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, states.length);
    for (const [clientId, clock, json] of states) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, json);
    }
  });
  return frameOf(1, (encoder) => encoding.writeVarUint8Array(encoder, body));
}

function codeOf(bytes: Uint8Array): string {
  try {
    return decodeFrame(bytes, bounds).kind;
  } catch (error) {
    if (error instanceof YjsFault) return error.code;
    throw error;
  }
}

describe('a frame', () => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'hello');
  const vector = Y.encodeStateVector(doc);
  const update = Y.encodeStateAsUpdate(doc);

  it('is what y-protocols writes', () => {
    expect(frames.syncStep1(vector)).toEqual(frameOf(0, (encoder) => writeSyncStep1(encoder, doc)));
    expect(frames.syncStep2(update)).toEqual(frameOf(0, (encoder) => writeSyncStep2(encoder, doc)));
    expect(frames.update(update)).toEqual(frameOf(0, (encoder) => writeUpdate(encoder, update)));
    expect(frames.permissionDenied('no')).toEqual(frameOf(2, (encoder) => writePermissionDenied(encoder, 'no')));
    expect(frames.awareness([])).toEqual(Uint8Array.of(1, 1, 0));
  });

  it('is read as it was written', () => {
    const states = [
      { clientId: 2 ** 32 - 1, clock: 5, state: { user: { name: 'Ä😀' } } },
      { clientId: 1, clock: 0, state: null },
    ];
    expect(decodeFrame(frames.syncStep1(vector), bounds)).toEqual({ kind: 'state-vector', vector });
    expect(decodeFrame(frames.syncStep2(update), bounds)).toEqual({ kind: 'update', update, answer: true });
    expect(decodeFrame(frames.update(update), bounds)).toEqual({ kind: 'update', update, answer: false });
    expect(decodeFrame(frames.awareness(states), bounds)).toEqual({ kind: 'awareness', states });
    expect(decodeFrame(frames.permissionDenied('no'), bounds)).toEqual({ kind: 'auth', denied: 'no' });
    expect(decodeFrame(Uint8Array.of(3), bounds)).toEqual({ kind: 'query-awareness' });
  });

  it.each<[string, Uint8Array, string]>([
    ['is empty', Uint8Array.of(), 'bad-frame'],
    ['is of an unknown type', Uint8Array.of(4), 'bad-frame'],
    ['is an unknown kind of sync', Uint8Array.of(0, 3, 0), 'bad-frame'],
    ['is an unknown kind of auth', Uint8Array.of(2, 1, 0), 'bad-frame'],
    ['goes on after its end', Uint8Array.of(3, 0), 'bad-frame'],
    ['ends too early', Uint8Array.of(0, 2, 5, 0, 0), 'bad-frame'],
    ['ends in the midst of a number', Uint8Array.of(0, 2, 128), 'bad-frame'],
    ['has a number that is longer than it must be', Uint8Array.of(0, 2, 128, 0), 'bad-frame'],
    ['has a number beyond 2^53', Uint8Array.of(0, 2, ...Array<number>(8).fill(255), 1), 'bad-frame'],
    ['has a state that is not JSON', awarenessFrame([1, 1, '{']), 'bad-frame'],
    ['has a state that is a number', awarenessFrame([1, 1, '5']), 'bad-frame'],
    ['has a state that is an array', awarenessFrame([1, 1, '[]']), 'bad-frame'],
    ['says more after its states', Uint8Array.of(1, 2, 0, 0), 'bad-frame'],
    ['has too many states', awarenessFrame([1, 1, '{}'], [2, 1, '{}'], [3, 1, '{}'], [4, 1, '{}']), 'too-many'],
    ['says that it has very many states', Uint8Array.of(1, 4, 255, 255, 255, 127), 'too-many'],
    ['has a state that is too large', awarenessFrame([1, 1, JSON.stringify({ a: 'x'.repeat(200) })]), 'too-many'],
  ])('[P7] is refused if it %s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('[P7] is refused with a `YjsFault` and nothing else, whatever it is', () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 20_000; seed++) {
      const random = seededRandom(seed);
      const bytes = Uint8Array.from({ length: random.int(12) }, () => random.pick([0, 1, 2, 3, 5, 123, 125, 128, 255]));
      kinds.add(codeOf(bytes));
    }
    expect([...kinds].toSorted()).toEqual([
      'auth',
      'awareness',
      'bad-frame',
      'query-awareness',
      'state-vector',
      'too-many',
      'update',
    ]);
  });
});

describe('an awareness state', () => {
  it('goes to stock clients and comes from them', () => {
    const awareness = new Awareness(new Y.Doc());
    const cursor = {
      anchor: { type: null, tname: 't', item: null, assoc: 0 },
      head: { type: null, tname: 't', item: null, assoc: 0 },
    } as const;
    const state = syntheticState({ name: 'Ada', color: '#6751f4', cursor });
    const frame = frames.awareness([{ clientId: 5, clock: 1, state }]);
    applyAwarenessUpdate(awareness, frame.subarray(3), 'test');
    const user = { name: 'Ada', color: '#6751f4', colorLight: '#6751f433' };
    expect(awareness.getStates().get(5)).toEqual({ user, cursor, selection: cursor });
    const back = frameOf(1, (encoder) => encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [5])));
    expect(decodeFrame(back, { stateBytes: 1_000, states: 1 })).toEqual({
      kind: 'awareness',
      states: [{ clientId: 5, clock: 1, state }],
    });
    awareness.destroy();
  });

  it.each<[object | null, unknown]>([
    [null, null],
    [{}, null],
    [{ user: 5 }, null],
    [{ user: {} }, { name: '', color: '' }],
    [{ user: { name: 5, color: {} } }, { name: '', color: '' }],
    [{ user: { name: ' Ada\n\u2028\u0000L. ', color: '#fff' } }, { name: 'Ada L.', color: '#fff' }],
    [{ user: { name: `${'x'.repeat(39)}😀`, color: 'x'.repeat(99) } }, { name: 'x'.repeat(39), color: '' }],
    [{ user: { name: '\ud83d!' } }, { name: '!', color: '' }],
  ])('[P7] says who it is: %j', (state, user) => {
    expect(readUser(state)).toEqual(user);
  });

  it.each<[object | null, unknown]>([
    [null, undefined],
    [{}, undefined],
    [Object.create({ cursor: { anchor: {}, head: {} } }) as object, undefined],
    [{ cursor: null }, null],
    [{ cursor: 'x' }, null],
    [{ cursor: { anchor: {} } }, null],
    [{ cursor: { anchor: 1, head: 2 } }, { anchor: 1, head: 2 }],
    [{ selection: { anchor: 1, head: 2 } }, { anchor: 1, head: 2 }],
    [{ cursor: null, selection: { anchor: 1, head: 2 } }, null],
  ])('[P7] says where it is: %j', (state, cursor) => {
    expect(readCursor(state)).toEqual(cursor);
  });
});
