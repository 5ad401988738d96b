import type { ClientMessage } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Member } from '../room/member.ts';
import type { Storage } from '../storage/storage.ts';
import type { AnchoredRoom } from './anchors.ts';
import type { NoteLimits } from './note-limits.ts';

/** What notes see of their room. */
export interface NotedRoom extends AnchoredRoom {
  /** False until its first edit, title or note makes a fresh room exist. */
  readonly exists: boolean;
  readonly closed: boolean;
  /** Of how many redactions its texts know. */
  readonly redactions: number;
  /** Makes a fresh room exist. */
  setMeta(change: object): Promise<void>;
  /** Who is here under an author number, on whatever node; `''` if nobody is. */
  nameOf(author: number): string;
  /** Tells everybody here, those included who are still being told what they missed. */
  tell(frame: Buffer): void;
  /** Other nodes should look: at chat up to a message, or at a thread. */
  noted(news: NoteNews): void;
}

export type NoteNews = { chat: number } | { thread: string };

export interface NotesDeps {
  storage: Storage;
  clock: Clock;
  log: Log;
  limits: NoteLimits;
}

/** Who says something. */
export type Speaker = Pick<Member, 'person' | 'send'>;

export type ChatWish = ClientMessage & { t: 'chat' };
export type CommentWish = ClientMessage & { t: 'comment' };
