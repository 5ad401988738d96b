import { DEFAULT_LIMITS, type Limits } from '../lib/protocol/index.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Every bound of the server (P9), each with its reason. Times are milliseconds. Sizes of the wire and of HTTP are bytes;
 * those of texts are UTF-16 units. One value, passed to whoever needs a part of it, so that a test can make it small.
 */
export interface ServerLimits {
  /** What every client is told in `welcome`, and held to. */
  advertised: Limits;
  /** Units by which a text may pass `advertised.document`: honest clients checked it at an older revision. */
  documentSlack: number;

  /** A socket without `hello` after this is closed with 4408. */
  helloTimeoutMs: number;
  /** A socket that has said nothing for this long is pinged at protocol level. */
  pingEveryMs: number;
  /** A socket that has said nothing for this long, not even to a ping, is dead. */
  pongWithinMs: number;
  /** Sockets at the same time, all addresses together. */
  sockets: number;
  /** Sockets at the same time from one address: MAX_SOCKETS_PER_ADDRESS. */
  socketsPerAddress: number;
  /** Messages of one socket that wait to be handled, its join included. */
  waitingMessages: number;
  /** Carets are sent at most this often, in ms between two frames to one room. */
  cursorEveryMs: number;

  /** Beyond this many unsent bytes a socket gets no carets. */
  slowNoCursors: number;
  /** Beyond this many it gets nothing more until it has drained, and then one catch-up. */
  slowStop: number;
  /** Beyond this many it is closed with 4508. */
  slowClose: number;
  /** It is closed with 4508 too if it has not drained after this long. */
  slowCloseMs: number;

  /** Edits of one room that wait while an append is in flight. */
  inbox: number;
  /** Entries in one append, so that one busy room does not hold the others' commit. */
  batch: number;
  /** Newest entries of a room kept in memory, for transforming late edits and short catch-ups. */
  recentEntries: number;
  /** Sockets in one room. */
  members: number;
  /** Rooms in memory. Beyond it idle ones go first; if all are busy, opening another is refused. */
  rooms: number;
  /** A room that nobody is in leaves memory after this long. */
  roomIdleMs: number;
  /** A snapshot is due after this many revisions … */
  snapshotRevisions: number;
  /** … or this many characters of ops as JSON … */
  snapshotOpBytes: number;
  /** … or this long without an edit. */
  snapshotIdleMs: number;
  /** After this long without an edit everybody compares hashes (P4). */
  hashIdleMs: number;

  /** Bytes of a REST body that is JSON. */
  jsonBody: number;
  /** Bytes of a REST body that is a text. */
  textBody: number;
  /** How long a REST body may take to arrive. */
  bodyTimeoutMs: number;
  /** Entries in one answer of the history, and in one read of the log. */
  historyPage: number;

  /** Requests to the storage that wait for it. Beyond it they are refused as if the disk were full. */
  storageWaiting: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  // The words of the wire have their own file, because the client assumes them before it has heard ours.
  advertised: DEFAULT_LIMITS,
  // One message more from each of a few people who filled the document at the same moment.
  documentSlack: 256 * KIB,

  // A phone on a bad network opens a socket and says hello in two or three seconds.
  helloTimeoutMs: 10_000,
  // Under the 60 s after which proxies close an idle connection.
  pingEveryMs: 10_000,
  // Some 7 s for the answer, the heartbeat's own step included: a half-open socket is noticed within 20 s.
  pongWithinMs: 17_500,
  // An idle socket costs some tens of KiB; this many stay well under a GiB.
  sockets: 20_000,
  // A school or an office behind one address; a flood from one machine still ends somewhere.
  socketsPerAddress: 1_000,
  // An honest client has one op outstanding, plus cursor, ping, name and title.
  waitingMessages: 256,
  // 20 a second look continuous, and typing sends none.
  cursorEveryMs: 50,

  // Carets are the first thing nobody misses.
  slowNoCursors: 256 * KIB,
  // What a slow line needs some seconds for; catching up from the log is cheaper than a longer queue.
  slowStop: 1 * MIB,
  // One catch-up plus one full message can lie here honestly; beyond it only the memory grows.
  slowClose: 4 * MIB,
  // Longer than a mobile network's usual stall.
  slowCloseMs: 10_000,

  // Each client has one edit outstanding, so this is about every member of a full room at once.
  inbox: 10_000,
  // Commits in a few milliseconds at this size; larger batches gain nothing measurable.
  batch: 1_000,
  // Some minutes of a lively room at about 100 bytes each; older edits read the log.
  recentEntries: 2_000,
  // Every edit goes to every member, so cost grows with the square; the largest lecture fits.
  members: 5_000,
  // An idle room of ordinary size takes some tens of KiB.
  rooms: 10_000,
  // Long enough for a reload or a short tunnel, short enough that crawlers fill nothing.
  roomIdleMs: 60_000,
  // Loading replays at most about this much: a few milliseconds.
  snapshotRevisions: 500,
  snapshotOpBytes: 64 * KIB,
  // People stopped typing; the disk is idle.
  snapshotIdleMs: 30_000,
  hashIdleMs: 60_000,

  // A text given to POST /api/rooms in JSON: the document limit, at up to three bytes a unit, plus escapes.
  jsonBody: 8 * MIB,
  // The document limit at three bytes a unit, which is the most that UTF-8 needs.
  textBody: 6 * MIB + 3,
  // 8 MiB over a slow line; a body that trickles longer holds a socket for nothing.
  bodyTimeoutMs: 60_000,
  // Some 100 KiB of JSON when edits are keystrokes.
  historyPage: 1_000,

  // Two per room in memory; far beyond, answers would come too late for anybody to be waiting.
  storageWaiting: 20_000,
};
