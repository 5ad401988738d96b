import { nextThread } from '../next-thread.ts';
import {
  packAnchor,
  packChat,
  packThread,
  unpackBody,
  unpackChat,
  unpackThread,
  type AnchorRow,
} from '../note-rows.ts';
import type { NoteHeads, NoteStorage, SavedAnchor, StoredAnchor, StoredChat, StoredThread } from '../notes.ts';
import { StorageRefused } from '../storage.ts';
import type { Connections, Session, Statement } from './connections.ts';
import { withoutWords } from '../redaction.ts';
import { isOutdated, lockRoom } from './room-row.ts';

type NoteMethods = Omit<NoteStorage, 'versions' | 'addVersion' | 'renameVersion' | 'deleteVersion'>;

const HEADS: Statement = {
  name: 'note-heads',
  text: `select coalesce((select max(n) from chat where room = rooms.id), 0) as chat, note_changes as threads
    from rooms where id = $1`,
};

const CHAT = `select n, chat.id, chat.data, anchors.rev, anchors.data as anchor from chat
  left join anchors on anchors.room = chat.room and anchors.kind = 'chat' and anchors.id = chat.id
  where chat.room = $1`;
const CHAT_BY_ID: Statement = { name: 'chat-by-id', text: `${CHAT} and chat.id = $2` };
const CHAT_AFTER: Statement = {
  name: 'chat-after',
  text: `${CHAT} and n > $2::bigint order by n limit $3::bigint`,
};
const CHAT_BEFORE: Statement = {
  name: 'chat-before',
  text: `${CHAT} and n < $2::bigint order by n desc limit $3::bigint`,
};
const NEXT_CHAT: Statement = {
  name: 'next-chat',
  text: 'select coalesce(max(n), 0) + 1 as next from chat where room = $1',
};
const ADD_CHAT: Statement = { name: 'add-chat', text: 'insert into chat (room, n, id, data) values ($1, $2, $3, $4)' };
const THIN_QUOTES: Statement = {
  name: 'thin-quotes',
  text: `delete from anchors where room = $1 and kind = 'chat'
    and id in (select id from chat where room = $1 and n <= $2::bigint)`,
};
const THIN_CHAT: Statement = { name: 'thin-chat', text: 'delete from chat where room = $1 and n <= $2::bigint' };

const THREADS = `select threads.id, threads.data as body, anchors.rev, anchors.data from threads
  join anchors on anchors.room = threads.room and anchors.kind = 'thread' and anchors.id = threads.id
  where threads.room = $1`;
const ALL_THREADS: Statement = { name: 'threads', text: `${THREADS} order by threads.id` };
const THREAD: Statement = { name: 'thread', text: `${THREADS} and threads.id = $2` };
const COUNT_CHANGE: Statement = {
  name: 'count-note-change',
  text: 'update rooms set note_changes = note_changes + 1 where id = $1',
};
const SAVE_THREAD: Statement = {
  name: 'save-thread',
  text: `insert into threads (room, id, data) values ($1, $2, $3)
    on conflict (room, id) do update set data = excluded.data`,
};
const DELETE_THREAD: Statement = { name: 'delete-thread', text: 'delete from threads where room = $1 and id = $2' };
const DELETE_ANCHOR: Statement = {
  name: 'delete-anchor',
  text: `delete from anchors where room = $1 and kind = 'thread' and id = $2`,
};
const ADD_ANCHOR: Statement = {
  name: 'add-anchor',
  text: 'insert into anchors (room, kind, id, rev, data) values ($1, $2, $3, $4, $5)',
};
const SAVE_ANCHORS: Statement = {
  name: 'save-anchors',
  text: `update anchors set rev = given.rev, data = given.data
    from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as given (kind, id, rev, data)
    where room = $1 and anchors.kind = given.kind and anchors.id = given.id and anchors.rev <= given.rev`,
};

interface ChatRow {
  n: number;
  id: string;
  data: string;
  rev: number | null;
  anchor: string | null;
}

interface ThreadRow extends AnchorRow {
  id: string;
  body: string;
}

/** Those of the storage's methods that are about chat and comments. */
export function createNoteMethods(connections: Connections): NoteMethods {
  async function threadIn(session: Session, room: string, id: string): Promise<StoredThread | null> {
    const row = await session.first<ThreadRow>(THREAD, room, id);
    return row ? threadFrom(row) : null;
  }

  return {
    noteHeads: async (room) => (await connections.first<NoteHeads>(HEADS, room)) ?? { chat: 0, threads: 0 },

    addChat: (room, message, keep, redactions) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'change');
        const known = await session.first<ChatRow>(CHAT_BY_ID, room, message.id);
        if (known) return chatFrom(known);
        const { id, quote } = message;
        const n = message.n ?? (await session.first<{ next: number }>(NEXT_CHAT, room))?.next ?? 1;
        if (quote) await addAnchor(session, room, 'chat', id, await readable(session, room, quote, redactions), head);
        await session.all(ADD_CHAT, room, n, id, packChat(message));
        if (n > keep) {
          await session.all(THIN_QUOTES, room, n - keep);
          await session.all(THIN_CHAT, room, n - keep);
        }
        return { ...message, n };
      }),

    async chat(room, { after, before = Number.MAX_SAFE_INTEGER, limit }) {
      const most = Math.max(limit, 0);
      if (after !== undefined) return (await connections.all<ChatRow>(CHAT_AFTER, room, after, most)).map(chatFrom);
      return (await connections.all<ChatRow>(CHAT_BEFORE, room, before, most)).map(chatFrom).toReversed();
    },

    threads: async (room) => (await connections.all<ThreadRow>(ALL_THREADS, room)).map(threadFrom),

    thread: (room, id) => threadIn(connections, room, id),

    changeThread: (room, id, act, redactions) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'change');
        const row = await session.first<ThreadRow>(THREAD, room, id);
        const before = row ? unpackBody(row.body) : null;
        const after = nextThread(before, act);
        if (after === before) return row ? threadFrom(row) : null;
        if (!before && act.kind === 'open') {
          const anchor = await readable(session, room, act.anchor, redactions);
          await addAnchor(session, room, 'thread', id, anchor, head);
        }
        await session.all(COUNT_CHANGE, room);
        if (after) await session.all(SAVE_THREAD, room, id, packThread(after));
        else {
          await session.all(DELETE_THREAD, room, id);
          await session.all(DELETE_ANCHOR, room, id);
        }
        return threadIn(session, room, id);
      }),

    saveAnchors: (room, anchors, redactions) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'keep');
        for (const { anchor } of anchors) mustReach(anchor, head);
        if (await isOutdated(session, room, redactions)) return;
        const rows = anchors.map(({ anchor }) => packAnchor(anchor));
        await session.all(
          SAVE_ANCHORS,
          room,
          anchors.map(({ of }) => of),
          anchors.map(({ id }) => id),
          rows.map(({ rev }) => rev),
          rows.map(({ data }) => data),
        );
      }),
  };
}

async function readable(
  session: Session,
  room: string,
  anchor: StoredAnchor,
  redactions: number | undefined,
): Promise<StoredAnchor> {
  return (await isOutdated(session, room, redactions)) ? withoutWords(anchor) : anchor;
}

async function addAnchor(
  session: Session,
  room: string,
  of: SavedAnchor['of'],
  id: string,
  anchor: StoredAnchor,
  head: number,
): Promise<void> {
  mustReach(anchor, head);
  const { rev, data } = packAnchor(anchor);
  await session.all(ADD_ANCHOR, room, of, id, rev, data);
}

function mustReach({ rev }: StoredAnchor, head: number): void {
  if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a note about ${rev} is beyond it.`);
}

function chatFrom({ n, id, data, rev, anchor }: ChatRow): StoredChat {
  return unpackChat(n, id, data, rev === null || anchor === null ? null : { rev, data: anchor });
}

function threadFrom(row: ThreadRow): StoredThread {
  return unpackThread(row.id, row.body, row);
}
