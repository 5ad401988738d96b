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
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { withoutWords } from '../redaction.ts';
import { headOf, redactionsOf } from './room-head.ts';

type NoteMethods = Pick<
  Methods,
  Exclude<keyof NoteStorage, 'versions' | 'addVersion' | 'renameVersion' | 'deleteVersion'>
>;

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

const CHAT =
  'select n, chat.id, chat.data, anchors.rev, anchors.data as anchor from chat ' +
  "left join anchors on anchors.room = chat.room and anchors.kind = 'chat' and anchors.id = chat.id where chat.room = ?";
const THREADS =
  'select threads.id, threads.data as body, anchors.rev, anchors.data from threads ' +
  "join anchors on anchors.room = threads.room and anchors.kind = 'thread' and anchors.id = threads.id " +
  'where threads.room = ?';

/** Those of the storage's methods that are about chat and comments. */
export function createNoteMethods(driver: Driver): NoteMethods {
  function thread(room: string, id: string): StoredThread | null {
    const row = driver.first<ThreadRow>(`${THREADS} and threads.id = ?`, room, id);
    return row ? unpackThread(row.id, row.body, row) : null;
  }

  function newestChat(room: string): number {
    const sql = 'select coalesce(max(n), 0) as newest from chat where room = ?';
    return driver.first<{ newest: number }>(sql, room)?.newest ?? 0;
  }

  function addAnchor(room: string, of: SavedAnchor['of'], id: string, anchor: StoredAnchor, head: number): void {
    mustReach(anchor, head);
    const { rev, data } = packAnchor(anchor);
    const sql = 'insert into anchors (room, kind, id, rev, data) values (?, ?, ?, ?, ?)';
    driver.run(sql, room, of, id, rev, data);
  }

  /** Was there a redaction of which whoever gives this does not know? */
  function isOutdated(room: string, redactions: number | undefined): boolean {
    return redactions !== undefined && redactions !== redactionsOf(driver, room);
  }

  function readable(room: string, anchor: StoredAnchor, redactions: number | undefined): StoredAnchor {
    return isOutdated(room, redactions) ? withoutWords(anchor) : anchor;
  }

  function thinOut(room: string, upTo: number): void {
    driver.run(
      "delete from anchors where room = ? and kind = 'chat' and id in (select id from chat where room = ? and n <= ?)",
      room,
      room,
      upTo,
    );
    driver.run('delete from chat where room = ? and n <= ?', room, upTo);
  }

  return {
    noteHeads(room) {
      const sql =
        'select coalesce((select max(n) from chat where room = rooms.id), 0) as chat, note_changes as threads ' +
        'from rooms where id = ?';
      return driver.first<NoteHeads>(sql, room) ?? { chat: 0, threads: 0 };
    },

    addChat(room, message, keep, redactions) {
      const head = headOf(driver, room);
      const known = driver.first<ChatRow>(`${CHAT} and chat.id = ?`, room, message.id);
      if (known) return chatFrom(known);
      const n = message.n ?? newestChat(room) + 1;
      const { id, quote } = message;
      if (quote) addAnchor(room, 'chat', id, readable(room, quote, redactions), head);
      driver.run('insert into chat (room, n, id, data) values (?, ?, ?, ?)', room, n, id, packChat(message));
      if (n > keep) thinOut(room, n - keep);
      return { ...message, n };
    },

    chat(room, { after, before = Number.MAX_SAFE_INTEGER, limit }) {
      const most = Math.max(limit, 0);
      if (after !== undefined) {
        return driver.all<ChatRow>(`${CHAT} and n > ? order by n limit ?`, room, after, most).map(chatFrom);
      }
      const rows = driver.all<ChatRow>(`${CHAT} and n < ? order by n desc limit ?`, room, before, most);
      return rows.map(chatFrom).toReversed();
    },

    threads: (room) =>
      driver.all<ThreadRow>(`${THREADS} order by threads.id`, room).map((row) => unpackThread(row.id, row.body, row)),

    thread,

    changeThread(room, id, act, redactions) {
      const head = headOf(driver, room);
      const row = driver.first<{ data: string }>('select data from threads where room = ? and id = ?', room, id);
      const before = row ? unpackBody(row.data) : null;
      const after = nextThread(before, act);
      if (after === before) return thread(room, id);
      if (!before && act.kind === 'open') addAnchor(room, 'thread', id, readable(room, act.anchor, redactions), head);
      driver.run('update rooms set note_changes = note_changes + 1 where id = ?', room);
      if (after) {
        const sql =
          'insert into threads (room, id, data) values (?, ?, ?) on conflict do update set data = excluded.data';
        driver.run(sql, room, id, packThread(after));
      } else {
        driver.run('delete from threads where room = ? and id = ?', room, id);
        driver.run("delete from anchors where room = ? and kind = 'thread' and id = ?", room, id);
      }
      return thread(room, id);
    },

    saveAnchors(room, anchors, redactions) {
      const head = headOf(driver, room);
      for (const { anchor } of anchors) mustReach(anchor, head);
      if (isOutdated(room, redactions)) return;
      for (const { of, id, anchor } of anchors) {
        const { rev, data } = packAnchor(anchor);
        const sql = 'update anchors set rev = ?, data = ? where room = ? and kind = ? and id = ? and rev <= ?';
        driver.run(sql, rev, data, room, of, id, rev);
      }
    },
  };
}

function mustReach({ rev }: StoredAnchor, head: number): void {
  if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a note about ${rev} is beyond it.`);
}

function chatFrom({ n, id, data, rev, anchor }: ChatRow): StoredChat {
  return unpackChat(n, id, data, rev === null || anchor === null ? null : { rev, data: anchor });
}
