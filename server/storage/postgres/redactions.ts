import { packAnchor, packChat, packThread, unpackAnchor, unpackBody, unpackChat, withComment } from '../note-rows.ts';
import { unsavedBytes } from '../redact-plain-room.ts';
import { blockOut, type Redaction } from '../redaction.ts';
import type { Connections, Session, Statement } from './connections.ts';
import { isOutdated, lockRoom } from './room-row.ts';
import { DROP_SNAPSHOT, SNAPSHOT_REVS } from './snapshots.ts';

const LINEAGE_REV: Statement = { name: 'lineage-rev', text: 'select rev from lineages where room = $1' };
const NOTES: Statement = {
  name: 'notes-before-redaction',
  text: `select coalesce((select max(n) from chat where room = rooms.id), 0) as chat, note_changes as threads,
    coalesce((select sum(rev) from anchors where room = rooms.id), 0)::bigint as revs from rooms where id = $1`,
};
const COUNT: Statement = {
  name: 'count-redaction',
  text: 'update rooms set redactions = redactions + 1 where id = $1',
};
const ENTRIES: Statement = {
  name: 'redact-entries',
  text: `update entries set op = given.op from unnest($2::bigint[], $3::text[]) as given (rev, op)
    where room = $1 and entries.rev = given.rev`,
};
const BYTES: Statement = {
  name: 'redact-bytes',
  text: `update entries set yjs = $4
    where room = $1 and rev between $2::bigint and $3::bigint and yjs is not null`,
};
const SNAPSHOT: Statement = {
  name: 'snapshot-text',
  text: 'select text from snapshots where room = $1 and rev = $2::bigint',
};
const SET_SNAPSHOT: Statement = {
  name: 'redact-snapshot',
  text: 'update snapshots set text = $3 where room = $1 and rev = $2::bigint',
};
const ANCHOR: Statement = {
  name: 'anchor',
  text: 'select rev, data from anchors where room = $1 and kind = $2 and id = $3',
};
const SET_ANCHOR: Statement = {
  name: 'redact-anchor',
  text: 'update anchors set data = $4 where room = $1 and kind = $2 and id = $3',
};
const CHAT: Statement = { name: 'chat-row', text: 'select id, data from chat where room = $1 and n = $2::bigint' };
const SET_CHAT: Statement = {
  name: 'redact-chat',
  text: 'update chat set data = $3 where room = $1 and n = $2::bigint',
};
const THREAD: Statement = { name: 'thread-row', text: 'select data from threads where room = $1 and id = $2' };
const SET_THREAD: Statement = {
  name: 'redact-thread',
  text: 'update threads set data = $3 where room = $1 and id = $2',
};

/** `RedactionStorage.redact`, while nobody else may change the room. */
export function redactRoom(
  connections: Connections,
  room: string,
  redaction: Redaction,
): Promise<'redacted' | 'conflict'> {
  return connections.transaction('patient', async (session) => {
    await lockRoom(session, room, 'change');
    const { bytes } = redaction;
    const saved = (await session.first<{ rev: number }>(LINEAGE_REV, room))?.rev ?? 0;
    if (bytes && bytes.to > saved) throw unsavedBytes(bytes.to);
    if (!(await fits(session, room, redaction))) return 'conflict';
    await redactLog(session, room, redaction);
    await redactSnapshots(session, room, redaction);
    await redactNotes(session, room, redaction);
    await session.all(COUNT, room);
    return 'redacted';
  });
}

async function fits(session: Session, room: string, { redactions, notes }: Redaction): Promise<boolean> {
  if (await isOutdated(session, room, redactions)) return false;
  const now = await session.first<{ chat: number; threads: number; revs: number }>(NOTES, room);
  return now?.chat === notes.chat && now.threads === notes.threads && now.revs === notes.anchorRevs;
}

async function redactLog(session: Session, room: string, { entries, bytes }: Redaction): Promise<void> {
  const revs = entries.map(({ rev }) => rev);
  const ops = entries.map(({ op }) => JSON.stringify(op));
  await session.all(ENTRIES, room, revs, ops);
  if (bytes) await session.all(BYTES, room, bytes.from, bytes.to, bytes.instead);
}

async function redactSnapshots(session: Session, room: string, { rev: head, snapshots }: Redaction): Promise<void> {
  const ranges = new Map(snapshots.map((one) => [one.rev, one.ranges]));
  for (const { rev } of await session.all<{ rev: number }>(SNAPSHOT_REVS, room)) {
    const known = ranges.get(rev);
    if (!known && rev < head) await session.all(DROP_SNAPSHOT, room, rev);
    if (!known || known.length === 0) continue;
    const row = await session.first<{ text: Buffer }>(SNAPSHOT, room, rev);
    if (!row) continue;
    await session.all(SET_SNAPSHOT, room, rev, Buffer.from(blockOut(row.text.toString('utf8'), known), 'utf8'));
  }
}

async function redactNotes(session: Session, room: string, { anchors, chat, comments }: Redaction): Promise<void> {
  for (const { of, id, text } of anchors) {
    const row = await session.first<{ rev: number; data: string }>(ANCHOR, room, of, id);
    if (row) await session.all(SET_ANCHOR, room, of, id, packAnchor({ ...unpackAnchor(row), text }).data);
  }
  for (const { n, text } of chat) {
    const row = await session.first<{ id: string; data: string }>(CHAT, room, n);
    if (row) await session.all(SET_CHAT, room, n, packChat({ ...unpackChat(n, row.id, row.data, null), text }));
  }
  for (const { thread, id, text } of comments) {
    const row = await session.first<{ data: string }>(THREAD, room, thread);
    if (row) await session.all(SET_THREAD, room, thread, packThread(withComment(unpackBody(row.data), id, text)));
  }
}
