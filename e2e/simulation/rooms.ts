import { apply, isIdentity, replacement } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { shardOf } from '../../server/storage/shard.ts';
import type { NewRoom } from '../../server/storage/storage.ts';
import { frozenEntry } from './disk.ts';
import type { RoomTokens, Stage } from './stage.ts';
import { drawToken } from './world.ts';

/** Lengths between which the text of a filled room is kept, in units. */
const SHORT = 200;
const LONG = 600;

/** The room of a history, without an entry. */
export function storedRoom(random: SeededRandom, { edit, owner, view }: RoomTokens): NewRoom {
  return {
    ...emptyRoom(drawToken(random), drawToken(random)),
    links: [
      { token: edit, role: 'edit' },
      { token: owner, role: 'owner' },
      { token: view, role: 'view' },
    ],
  };
}

/** Another room, which somebody looks into now and then. */
export function sideRoom(token: string): NewRoom {
  return { ...emptyRoom('side', 'epoch-of-side'), links: [{ token, role: 'edit' }] };
}

/** Writes `count` entries of somebody who is gone into the history's room, with a snapshot on the way. */
export function fillRoom(random: SeededRandom, { disk, roomId }: Stage, count: number): void {
  const { author } = disk.state.openAuthor(roomId(), {
    client: 'somebody-of-before',
    person: '',
    name: 'Before',
    color: 1,
    kind: 'ot',
    link: 0,
  });
  let text = '';
  const snapshotAt = random.int(count);
  for (let rev = 1; rev <= count; rev++) {
    const at = random.int(text.length + 1);
    const remove = text.length > LONG || (text.length > SHORT && random.int(3) === 0);
    const deletion = replacement(at, Math.min(4, text.length - at), '');
    const op = remove && !isIdentity(deletion) ? deletion : replacement(at, 0, random.pick(['x', 'yes ', '\n', 'é']));
    text = apply(text, op);
    const entry = frozenEntry({ rev, author, seq: rev, at: rev, op });
    disk.state.append(roomId(), { entries: [entry], settled: [] });
    if (rev === snapshotAt) disk.state.saveSnapshot(roomId(), { rev, text });
  }
}

function emptyRoom(id: string, epoch: string): Omit<NewRoom, 'links'> {
  return { id, epoch, shard: shardOf(id), title: '', language: 'Markdown', createdAt: 0, authors: [] };
}
