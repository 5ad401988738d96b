import { label } from './label.ts';
import { nextThread } from './next-thread.ts';
import {
  packAnchor,
  packChat,
  packThread,
  unpackAnchor,
  unpackBody,
  unpackChat,
  unpackThread,
  withComment,
  type AnchorRow,
} from './note-rows.ts';
import type {
  ChatPage,
  NewChat,
  NoteHeads,
  SavedAnchor,
  StoredAnchor,
  StoredChat,
  StoredThread,
  ThreadAct,
  Version,
} from './notes.ts';
import { withoutWords, type Redaction } from './redaction.ts';
import { StorageRefused } from './storage.ts';

/** The notes of one room, and the rules of `NoteStorage`, for engines that keep rooms as plain data. What it gives is a copy. */
export class NoteBook {
  readonly #chat = new Map<number, { id: string; data: string }>();
  readonly #threads = new Map<string, string>();
  readonly #anchors = { chat: new Map<string, AnchorRow>(), thread: new Map<string, AnchorRow>() };
  readonly #versions = new Map<number, Version>();
  #changes = 0;
  #redactions = 0;
  /** The room's newest revision. */
  readonly #head: () => number;

  constructor(head: () => number) {
    this.#head = head;
  }

  /** As `ListedRoom` counts them. */
  get bytes(): number {
    const texts = [
      ...[...this.#chat.values()].map(({ data }) => data),
      ...this.#threads.values(),
      ...[...this.#anchors.chat.values(), ...this.#anchors.thread.values()].map(({ data }) => data),
      ...[...this.#versions.values()].map(({ name }) => name),
    ];
    return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }

  heads(): NoteHeads {
    return { chat: Math.max(0, ...this.#chat.keys()), threads: this.#changes };
  }

  /** How often something was blocked out of the room. */
  get redactions(): number {
    return this.#redactions;
  }

  addChat(message: NewChat, keep: number, redactions = this.#redactions): StoredChat {
    const known = [...this.#chat].find(([, { id }]) => id === message.id);
    if (known) return this.#message(known[0]);
    if (message.quote) this.#mustReach(message.quote.rev);
    const n = message.n ?? this.heads().chat + 1;
    this.#chat.set(n, { id: message.id, data: packChat(message) });
    if (message.quote) this.#anchors.chat.set(message.id, packAnchor(this.#readable(message.quote, redactions)));
    for (const [old, { id }] of this.#chat) {
      if (old > n - keep) break;
      this.#chat.delete(old);
      this.#anchors.chat.delete(id);
    }
    return this.#message(n);
  }

  chat({ after, before = Infinity, limit }: ChatPage): StoredChat[] {
    const all = [...this.#chat.keys()];
    const most = Math.max(limit, 0);
    const found =
      after === undefined
        ? all.filter((n) => n < before).slice(-most || all.length)
        : all.filter((n) => n > after).slice(0, most);
    return found.map((n) => this.#message(n));
  }

  threads(): StoredThread[] {
    return [...this.#threads.keys()].toSorted().flatMap((id) => this.thread(id) ?? []);
  }

  thread(id: string): StoredThread | null {
    const data = this.#threads.get(id);
    const anchor = this.#anchors.thread.get(id);
    return data === undefined || !anchor ? null : unpackThread(id, data, anchor);
  }

  changeThread(id: string, act: ThreadAct, redactions = this.#redactions): StoredThread | null {
    const data = this.#threads.get(id);
    const before = data === undefined ? null : unpackBody(data);
    const after = nextThread(before, act);
    if (after === before) return this.thread(id);
    if (!before && act.kind === 'open') {
      this.#mustReach(act.anchor.rev);
      this.#anchors.thread.set(id, packAnchor(this.#readable(act.anchor, redactions)));
    }
    this.#changes++;
    if (after) this.#threads.set(id, packThread(after));
    else {
      this.#threads.delete(id);
      this.#anchors.thread.delete(id);
    }
    return this.thread(id);
  }

  saveAnchors(anchors: readonly SavedAnchor[], redactions = this.#redactions): void {
    for (const { anchor } of anchors) this.#mustReach(anchor.rev);
    if (redactions !== this.#redactions) return;
    for (const { of, id, anchor } of anchors) {
      const known = this.#anchors[of].get(id);
      if (known && known.rev <= anchor.rev) this.#anchors[of].set(id, packAnchor(anchor));
    }
  }

  /** Is everything still as it was when this was planned? */
  fits({ redactions, notes }: Redaction): boolean {
    const { chat, threads } = this.heads();
    const rows = [...this.#anchors.chat.values(), ...this.#anchors.thread.values()];
    const anchorRevs = rows.reduce((sum, { rev }) => sum + rev, 0);
    return (
      redactions === this.#redactions &&
      chat === notes.chat &&
      threads === notes.threads &&
      anchorRevs === notes.anchorRevs
    );
  }

  /** Takes what a redaction that `fits` says of notes. */
  redact({ anchors, chat, comments }: Redaction): void {
    this.#redactions++;
    for (const { of, id, text } of anchors) {
      const row = this.#anchors[of].get(id);
      if (row) this.#anchors[of].set(id, packAnchor({ ...unpackAnchor(row), text }));
    }
    for (const { n, text } of chat) {
      const { id } = this.#message(n);
      this.#chat.set(n, { id, data: packChat({ ...this.#message(n), text }) });
    }
    for (const { thread, id, text } of comments) {
      const data = this.#threads.get(thread);
      if (data !== undefined) this.#threads.set(thread, packThread(withComment(unpackBody(data), id, text)));
    }
  }

  versions(): Version[] {
    return [...this.#versions.values()].toSorted((a, b) => a.rev - b.rev).map((one) => ({ ...one }));
  }

  addVersion(version: Version): 'made' | 'taken' {
    this.#mustReach(version.rev);
    if (this.#versions.has(version.rev)) return 'taken';
    this.#versions.set(version.rev, { ...version, name: label(version.name) });
    return 'made';
  }

  renameVersion(rev: number, name: string): boolean {
    const known = this.#versions.get(rev);
    if (known) this.#versions.set(rev, { ...known, name: label(name) });
    return known !== undefined;
  }

  deleteVersion(rev: number): boolean {
    return this.#versions.delete(rev);
  }

  #message(n: number): StoredChat {
    const row = this.#chat.get(n);
    if (!row) throw new Error(`There is no chat message ${n}.`);
    return unpackChat(n, row.id, row.data, this.#anchors.chat.get(row.id) ?? null);
  }

  #readable(anchor: StoredAnchor, redactions: number): StoredAnchor {
    return redactions === this.#redactions ? anchor : withoutWords(anchor);
  }

  #mustReach(rev: number): void {
    const head = this.#head();
    if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a note about ${rev} is beyond it.`);
  }
}
