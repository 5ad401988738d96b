import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { apply, Text, type Op } from '../../lib/ot/index.ts';
import { ProtocolFault } from '../../lib/protocol/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { StorageUnavailable, type Entry } from '../storage/storage.ts';
import { Lineage, LineageAhead } from './lineage.ts';

const AUTHOR = 1;

/** A room in the storage, with a log that the test writes. */
async function scene() {
  const storage = createMemoryStorage();
  const link = { token: 'edit', role: 'edit' } as const;
  const someone = { client: 'a', person: '', name: '', color: 1, kind: 'ot', link: 0, author: AUTHOR } as const;
  const birth = {
    id: 'room',
    epoch: 'epoch',
    shard: '0badcafe',
    title: '',
    language: '',
    createdAt: 0,
    links: [link],
    authors: [someone],
  };
  await storage.createRoom(birth);
  const random = seededRandom(7).next;
  let text = '';
  let rev = 0;

  return {
    storage,
    get text() {
      return text;
    },
    get rev() {
      return rev;
    },
    open: (root = 'text', page = 2) => new Lineage(root, { storage, room: 'room', page, random }),
    async load(lineage: Lineage): Promise<void> {
      await lineage.load(rev, text.length);
    },
    stage: (lineage: Lineage) => lineage.stage(Text.of(text), AUTHOR),
    async log(op: Op, yjs?: Uint8Array, lineage?: { root: string }): Promise<void> {
      rev++;
      text = apply(text, op);
      const entry: Entry = { rev, author: AUTHOR, seq: rev, at: 0, op, ...(yjs && { yjs }) };
      const result = await storage.append('room', { entries: [entry], settled: [], ...(lineage && { lineage }) });
      if (!result.ok) throw new Error('The test logs what conflicts.');
    },
  };
}

/** Seeds the room's lineage, so that the log names it. */
async function seed(place: Awaited<ReturnType<typeof scene>>, lineage: Lineage): Promise<void> {
  await place.load(lineage);
  const owed = place.stage(lineage).settle();
  if (!owed) throw new Error('There is nothing to seed.');
  await place.log([], owed.update, { root: lineage.root });
  lineage.commit(true);
}

describe('a lineage that the log does not know yet', () => {
  it('[P12] owes the whole text, and shows nothing before that is in the log', async () => {
    const place = await scene();
    await place.log(['hello 🙂']);
    const lineage = place.open();
    expect(lineage.committed).toBeNull();
    await place.load(lineage);
    expect([lineage.owes, lineage.committed]).toEqual([true, null]);
    const stage = place.stage(lineage);
    expect(stage.unrecordedRoot).toBe('text');
    const owed = stage.settle();
    expect(lineage.committed).toBeNull();
    await place.log([], owed?.update, { root: 'text' });
    lineage.commit(true);
    expect([lineage.owes, lineage.committed?.toString()]).toEqual([false, 'hello 🙂']);
    expect(place.stage(lineage)).toMatchObject({ unrecordedRoot: null });
  });

  it('[P12] owes nothing if the text is empty, and is named by the first entry', async () => {
    const place = await scene();
    const lineage = place.open();
    await place.load(lineage);
    expect([lineage.owes, lineage.committed?.toString()]).toEqual([false, '']);
    const stage = place.stage(lineage);
    expect(stage.settle()).toBeNull();
    await place.log(['a'], stage.edit(['a']), { root: stage.unrecordedRoot ?? '' });
    expect(lineage.committed).toBeNull();
    lineage.commit(true);
    expect(lineage.committed?.toString()).toBe('a');
    expect(lineage.unsaved(1)).not.toBeNull();
  });

  it('has no state to save', async () => {
    const place = await scene();
    const lineage = place.open();
    await place.load(lineage);
    expect(lineage.unsaved(1)).toBeNull();
  });
});

describe('a lineage that the log knows', () => {
  it('[P12] is what the bytes say, with the client ids that others know, not built from the text again', async () => {
    const place = await scene();
    await place.log(['hello']);
    const first = place.open();
    await seed(place, first);
    const again = place.open();
    await place.load(again);
    expect(again.committed?.toString()).toBe('hello');
    expect(again.committed?.stateVector()).toEqual(first.committed?.stateVector());
  });

  it('takes the root that the log names, whatever is proposed', async () => {
    const place = await scene();
    await place.log(['hello']);
    await seed(place, place.open('text'));
    const other = place.open('monaco');
    expect(other.root).toBe('monaco');
    await place.load(other);
    expect([other.root, other.committed?.toString()]).toEqual(['text', 'hello']);
  });

  it.each([1, 5, 1_050])('[P12] owes %i entries without bytes as one edit', async (count) => {
    const place = await scene();
    await place.log(['hello']);
    await seed(place, place.open());
    for (let i = 0; i < count; i++) await place.log(i % 3 === 2 ? [-3] : ['🙂x']);
    const lineage = place.open('text', 100);
    await place.load(lineage);
    expect([lineage.owes, lineage.committed]).toEqual([true, null]);
    const owed = place.stage(lineage).settle();
    expect(owed?.author).toBe(AUTHOR);
    await place.log([], owed?.update);
    lineage.commit(false);
    expect(lineage.committed?.toString() === place.text).toBe(true);

    const doc = new Y.Doc();
    for (const { yjs } of await place.storage.entries('room', 1, place.rev, place.rev))
      if (yjs) Y.applyUpdate(doc, yjs);
    expect(doc.getText('text').toJSON() === place.text).toBe(true);
  });

  it('[P12] owes nothing that was written before an entry with bytes', async () => {
    const place = await scene();
    await place.log(['hello']);
    const lineage = place.open();
    await seed(place, lineage);
    const stage = place.stage(lineage);
    // Somebody else's bytes cover what had none until then.
    await place.log(['abc']);
    await place.log([], stage.edit(['abc']));
    const again = place.open();
    await place.load(again);
    expect([again.owes, again.committed?.toString()]).toEqual([false, 'abchello']);
  });

  it('[P2] forgets what was staged and not logged, and never names another letter by the same id', async () => {
    const place = await scene();
    await place.log(['hello']);
    const lineage = place.open();
    await seed(place, lineage);
    const lost = place.stage(lineage).edit(['lost']);
    expect(lineage.committed).toBeNull();
    lineage.discard();
    await place.load(lineage);
    expect(lineage.committed?.toString()).toBe('hello');
    const kept = place.stage(lineage).edit(['kept']);
    const clients = (update: Uint8Array): number[] => [...Y.parseUpdateMeta(update).to.keys()];
    expect(clients(kept)).not.toEqual(clients(lost));
  });

  it('rejects while the log has a hole, and can be loaded later', async () => {
    const place = await scene();
    await place.log(['hello']);
    const lineage = place.open();
    await seed(place, lineage);
    lineage.discard();
    await expect(lineage.load(place.rev + 1, 5)).rejects.toThrow(StorageUnavailable);
    expect(lineage.committed).toBeNull();
    await place.load(lineage);
    expect(lineage.committed?.toString()).toBe('hello');
  });

  it('has a state to save that is new, once, and is loaded from it and the bytes after it', async () => {
    const place = await scene();
    await place.log(['hello']);
    const lineage = place.open();
    await seed(place, lineage);
    const state = lineage.unsaved(place.rev);
    if (!state) throw new Error('There is nothing to save.');
    lineage.saved(place.rev, state.length);
    expect([lineage.unsaved(place.rev), lineage.savedBytes]).toEqual([null, state.length]);
    await place.storage.saveLineage('room', { rev: place.rev, state });

    const stage = place.stage(lineage);
    await place.log(['x'], stage.edit(['x']));
    expect(lineage.unsaved(place.rev)).toBeNull();
    lineage.commit(false);
    await place.log(['y']);
    const again = place.open();
    await place.load(again);
    expect([again.owes, again.savedBytes]).toEqual([true, state.length]);
    expect(again.unsaved(place.rev)).toBeNull();
    place.stage(again).settle();
    again.commit(false);
    expect(again.committed?.toString()).toBe('yxhello');
  });

  it('[P7] gives what a client did, and refuses a gap or garbage without harm', async () => {
    const place = await scene();
    await place.log(['hello']);
    const lineage = place.open();
    await seed(place, lineage);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, lineage.committed?.diff() ?? new Uint8Array());
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getText('text').insert(5, '!');
    doc.getText('text').insert(6, '?');
    const [first, second] = updates;
    if (!first || !second) throw new Error('The client did nothing.');
    const stage = place.stage(lineage);
    const closeOf = (update: Uint8Array, space = 100): number | null => {
      try {
        stage.take(update, space);
        return null;
      } catch (error) {
        return error instanceof ProtocolFault ? error.close : NaN;
      }
    };
    expect([closeOf(second), closeOf(Uint8Array.of(1, 2, 3)), closeOf(first, 0)]).toEqual([1013, 4400, 4413]);
    expect(lineage.committed?.toString()).toBe('hello');
    expect(stage.take(first, 1)?.op).toEqual([5, '!']);
    expect(stage.take(first, 1)).toBeNull();
    expect(lineage.committed).toBeNull();
  });
});

it('[P12] is not loaded at a revision before the one that it was saved at, as another node may have done', async () => {
  const place = await scene();
  await place.log(['hello']);
  const lineage = place.open();
  await seed(place, lineage);
  lineage.commit(true);
  const state = lineage.committed?.diff(new Uint8Array([0]));
  if (!state) throw new Error('There is no Y.Doc.');
  await place.storage.saveLineage('room', { rev: place.rev, state });
  await expect(place.open().load(place.rev - 1, 5)).rejects.toThrow(LineageAhead);
  await expect(place.open().load(place.rev, 5)).resolves.toBeUndefined();
});
