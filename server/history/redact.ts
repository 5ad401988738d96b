import { isIdentity, type Op } from '../../lib/ot/index.ts';
import type { ServerLimits } from '../limits.ts';
import { wholePairs } from '../notes/followed.ts';
import type { Room } from '../room/room.ts';
import type { Storage } from '../storage/storage.ts';
import { blockName, isReadable } from './block-words.ts';
import { Copies } from './copies.ts';
import { PassageSearch, type Passage } from './passage-search.ts';
import { planRedaction, type Unwanted } from './plan-redaction.ts';
import { eachEntry, textAt, type Walk } from './walk.ts';

/** Others write and talk meanwhile; this often it is tried again. */
const TRIES = 8;
/** Units from which on the same words elsewhere are taken for copies; of a single letter that would be the whole text. */
const OWN_WORDS = 12;

export interface RedactDeps {
  storage: Storage;
  limits: Pick<ServerLimits, 'redactEntries' | 'redactReach'>;
  /** Makes an edit at `rev` in the owner's name; resolves with the revision at which it is durable. */
  edit(this: void, rev: number, op: Op): Promise<number>;
  /** Has the room loaded anew, on every node. */
  reload(this: void): Promise<unknown>;
}

export interface RedactWish extends Passage {
  /** Wherever else the same words stand or stood, they go too. Not said: if there are so many that they are hardly anybody else's. */
  copies?: boolean;
}

export interface Redacted {
  /** Units that were taken out. */
  units: number;
  /** Revisions that had brought them. */
  revisions: number;
  /** Quotes, messages and comments in which something was blocked out. */
  notes: number;
}

/** There is no such passage: `message` says why. */
export class NoSuchPassage extends Error {
  override readonly name = 'NoSuchPassage';
}

/** Others wrote the passage again and again meanwhile, or talked. */
export class RedactionOvertaken extends Error {
  override readonly name = 'RedactionOvertaken';
}

/**
 * Takes a passage out of a room: out of its present text, as an edit that everybody sees, and then out of whatever is stored, in one
 * step, so that after a crash it is either there or gone. Asking again finishes what was begun. When it resolves, no node's memory
 * has it any more. Rejects with `NoSuchPassage`, `RedactionOvertaken`, `TooManyEntries`, `TooManyUnits`, and as `edit` and the storage do.
 */
export async function redact(walk: Walk, room: Room, wish: RedactWish, deps: RedactDeps): Promise<Redacted> {
  const { storage, limits } = deps;
  const text = await textAt(walk, wish.rev);
  if (wish.to > text.length) {
    throw new NoSuchPassage(
      `The text at revision ${wish.rev} has ${text.length} units, and the passage ends at ${wish.to}.`,
    );
  }
  const { from, to } = wholePairs(text, wish.from, wish.to);
  const passage = text.slice(from, to);
  if (!isReadable(passage)) {
    // Of before a crash, perhaps, and then the files may not be clean yet.
    await storage.erased();
    return { units: 0, revisions: 0, notes: 0 };
  }

  const wantsCopies = wish.copies ?? passage.trim().length >= OWN_WORDS;
  const copies = wantsCopies ? new Copies(passage, limits.redactReach) : null;
  const search = new PassageSearch({ rev: wish.rev, from, to }, copies);
  const rev = await deleteAll(walk, room, search, deps);
  if (wantsCopies) await renameAll(room, storage, passage);
  const done = await writeAll(walk, deps, {
    units: search.wanted,
    rev,
    passage: wantsCopies ? passage : null,
    savedRev: await saveYDoc(room, storage),
    mostEntries: limits.redactEntries,
  });
  await deps.reload();
  return { units: search.wanted.size, ...done };
}

/** Deletes it from the present text. Gives a revision at which nothing of it stands. */
async function deleteAll(walk: Walk, room: Room, search: PassageSearch, { edit }: RedactDeps): Promise<number> {
  let at = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const head = room.rev;
    await eachEntry(walk, at, head, (entry) => search.add(entry));
    at = head;
    const op = search.deletion();
    if (isIdentity(op)) return at;
    await edit(head, op);
  }
  throw overtaken();
}

async function renameAll(room: Room, storage: Storage, passage: string): Promise<void> {
  const title = blockName(room.meta.title, passage);
  if (title !== room.meta.title) await room.setMeta({ title });
  for (const { rev, name } of await storage.versions(room.id)) {
    const blocked = blockName(name, passage);
    if (blocked !== name) await storage.renameVersion(room.id, rev, blocked);
  }
}

/** Has the room's Y.Doc saved as it is without the passage, so that nobody needs the bytes of before. Null if it has none. */
async function saveYDoc(room: Room, storage: Storage): Promise<number | null> {
  const lineage = await storage.loadLineage(room.id);
  return lineage && room.bridge.keep(lineage.root);
}

async function writeAll(
  walk: Walk,
  { storage }: RedactDeps,
  unwanted: Unwanted,
): Promise<Pick<Redacted, 'revisions' | 'notes'>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const redaction = await planRedaction(walk, storage, unwanted);
    if ((await storage.redact(walk.room, redaction)) === 'redacted') {
      const { entries, anchors, chat, comments } = redaction;
      return { revisions: entries.length, notes: anchors.length + chat.length + comments.length };
    }
  }
  throw overtaken();
}

function overtaken(): RedactionOvertaken {
  return new RedactionOvertaken('Others were too quick. Nothing is lost: ask again.');
}
