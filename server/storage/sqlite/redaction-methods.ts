import { packAnchor, packChat, packThread, unpackAnchor, unpackBody, unpackChat, withComment } from '../note-rows.ts';
import { unsavedBytes } from '../redact-plain-room.ts';
import { blockOut, type Redaction } from '../redaction.ts';
import type { Entry } from '../storage.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { oweErasure } from './eraser.ts';
import { deletePack, insertPack, packOf, packsBetween, type PackReader } from './pack-rows.ts';
import { headOf, redactionsOf, requireRoom } from './room-head.ts';
import { snapshotAt, writeSnapshot } from './snapshot-methods.ts';

/** `RedactionStorage.redact`: all of it in the transaction of its call, the note that there is something to be erased too. */
export function createRedactionMethods(driver: Driver, packs: PackReader): Pick<Methods, 'redact'> {
  function fits(room: string, { redactions, notes }: Redaction): boolean {
    const now = driver.first<{ chat: number; threads: number; revs: number }>(
      'select coalesce((select max(n) from chat where room = rooms.id), 0) as chat, note_changes as threads, ' +
        'coalesce((select sum(rev) from anchors where room = rooms.id), 0) as revs from rooms where id = ?',
      room,
    );
    return (
      redactions === redactionsOf(driver, room) &&
      now?.chat === notes.chat &&
      now.threads === notes.threads &&
      now.revs === notes.anchorRevs
    );
  }

  function redactLog(room: string, { entries, bytes }: Redaction): void {
    for (const { rev, op } of entries) {
      driver.run('update entries set op = ? where room = ? and rev = ?', JSON.stringify(op), room, rev);
    }
    if (!bytes) return;
    const sql = 'update entries_yjs set yjs = ? where room = ? and rev between ? and ?';
    driver.run(sql, bytes.instead, room, bytes.from, bytes.to);
  }

  /** Texts that lie in packs get rows of their own, and then packs of which something changes are written anew. */
  function redactPacks(room: string, { entries }: Redaction): void {
    const ops = new Map(entries.map(({ rev, op }) => [rev, op]));
    for (const { from_rev: from, to_rev: to, has_text: hasText } of packsBetween(
      driver,
      room,
      1,
      headOf(driver, room),
    )) {
      const isChanged = entries.some(({ rev }) => rev >= from && rev <= to);
      if (!isChanged && hasText === 0) continue;
      const opened = packs.open(room, to);
      const text = snapshotAt(driver, packs, room, to);
      if (!opened) continue;
      const all = Array.from({ length: opened.length }, (_, index): Entry => {
        const entry = { rev: from + index, ...opened.entry(index) };
        return { ...entry, op: ops.get(entry.rev) ?? entry.op };
      });
      const made = packOf(all, true);
      deletePack(driver, room, to);
      if (made) insertPack(driver, room, made);
      if (text !== null) writeSnapshot(driver, room, to, 'plain', Buffer.from(text, 'utf8'));
    }
  }

  function redactSnapshots(room: string, { rev: head, snapshots }: Redaction): void {
    const ranges = new Map(snapshots.map((one) => [one.rev, one.ranges]));
    for (const { rev } of driver.all<{ rev: number }>('select rev from snapshots where room = ?', room)) {
      const known = ranges.get(rev);
      if (!known && rev < head) driver.run('delete from snapshots where room = ? and rev = ?', room, rev);
      if (!known || known.length === 0) continue;
      const text = blockOut(snapshotAt(driver, packs, room, rev) ?? '', known);
      writeSnapshot(driver, room, rev, 'plain', Buffer.from(text, 'utf8'));
    }
  }

  function redactNotes(room: string, { anchors, chat, comments }: Redaction): void {
    for (const { of, id, text } of anchors) {
      const where = 'where room = ? and kind = ? and id = ?';
      const row = driver.first<{ rev: number; data: string }>(`select rev, data from anchors ${where}`, room, of, id);
      if (!row) continue;
      const { data } = packAnchor({ ...unpackAnchor(row), text });
      driver.run(`update anchors set data = ? ${where}`, data, room, of, id);
    }
    for (const { n, text } of chat) {
      const row = driver.first<{ id: string; data: string }>(
        'select id, data from chat where room = ? and n = ?',
        room,
        n,
      );
      if (!row) continue;
      const data = packChat({ ...unpackChat(n, row.id, row.data, null), text });
      driver.run('update chat set data = ? where room = ? and n = ?', data, room, n);
    }
    for (const { thread, id, text } of comments) {
      const row = driver.first<{ data: string }>('select data from threads where room = ? and id = ?', room, thread);
      if (!row) continue;
      const data = packThread(withComment(unpackBody(row.data), id, text));
      driver.run('update threads set data = ? where room = ? and id = ?', data, room, thread);
    }
  }

  return {
    redact(room, redaction) {
      requireRoom(driver, room);
      const { bytes } = redaction;
      const saved = driver.first<{ rev: number }>('select rev from lineages where room = ?', room)?.rev ?? 0;
      if (bytes && bytes.to > saved) throw unsavedBytes(bytes.to);
      if (!fits(room, redaction)) return 'conflict';
      redactPacks(room, redaction);
      redactLog(room, redaction);
      redactSnapshots(room, redaction);
      redactNotes(room, redaction);
      driver.run('update rooms set redactions = redactions + 1 where id = ?', room);
      oweErasure(driver);
      return 'redacted';
    },
  };
}
