import { DEFAULT_LIMITS, type Limits } from '../lib/protocol/index.ts';
import type { Rate } from './token-bucket.ts';

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
  /** A member of a room, where silence is usual, is asked this often, whatever it says. */
  restingPingEveryMs: number;
  /** One that has said nothing for this long, not even to that, is dead. */
  restingPongWithinMs: number;
  /** Sockets at the same time, all addresses together. */
  sockets: number;
  /** Sockets at the same time from one address: MAX_SOCKETS_PER_ADDRESS. */
  socketsPerAddress: number;
  /** One new socket is let in after another, with this pause between: those who are inside go first. */
  newcomerEveryMs: number;
  /** Newcomers that come in at once before anybody waits: a few who open a link together are no crowd. */
  newcomersAtOnce: number;
  /** New sockets that wait to be let in. */
  newcomers: number;
  /** Messages of one socket that wait for its join. */
  waitingMessages: number;
  /** Edits of one socket that wait for their answer. */
  unansweredEdits: number;
  /** What one socket may send. Ops and bytes are `advertised`'s, and so not here. */
  socketRates: { cursors: Rate; pings: Rate; awareness: Rate; syncs: Rate; others: Rate };
  /** Seconds' worth of `advertised.opsPerSecond` and `bytesPerSecond` that a socket may send at once. */
  burstSeconds: { ops: number; bytes: number };
  /** Messages that a socket may send although it is told to wait: then it is closed with 4429. */
  patience: Rate;
  /** What all sockets and requests of one address may send together, if it may have `socketsPerAddress` sockets. */
  addressRates: AddressRates;
  /** Addresses whose rates are remembered. Beyond it the one that was longest silent is forgotten. */
  addresses: number;
  /** Bytes of a Y.Doc's state. A room beyond it takes no Yjs clients any more. */
  lineage: number;
  /** Bytes of one frame of a Yjs client. */
  yjsFrame: number;
  /** Frames of a Yjs client that wait while it is too fast. */
  yjsWaiting: number;
  /** Bytes of them. */
  yjsWaitingBytes: number;
  /** Bytes of one state of a Yjs client's presence. */
  awarenessState: number;
  /** States in one frame. */
  awarenessStates: number;
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

  /** How long a socket may take for a welcome larger than `slowStop`, before it counts as slow. */
  welcomeMs: number;

  /** A room takes what waits at most once in a ms for each so many members … */
  membersPerBeatMs: number;
  /** … but need not wait longer than this. */
  longestBeatMs: number;
  /** Edits of one room that wait while an append is in flight. */
  inbox: number;
  /** Units of ops of one room that wait. */
  inboxUnits: number;
  /** Entries in one append, so that one busy room does not hold the others' commit. */
  batch: number;
  /** Units of ops in one append, and so in the frame that tells of it; an edit that is larger goes alone. */
  batchUnits: number;
  /** How many revisions behind an edit may come: each of them is transformed over. */
  lateEdit: number;
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
  /** REST bodies that arrive at the same time, all addresses together. */
  bodies: number;
  /** Entries in one read of the log, and in one frame of a catch-up. */
  historyPage: number;
  /** Units of ops, as JSON, in one page of the log that is given away over REST. */
  historyUnits: number;
  /** Who and when of so many entries in one read. */
  historyMarks: number;
  /** Questions about history that are worked on at the same time, all rooms together: quick ones, and those that go through a log. */
  historyJobs: { quick: number; long: number };
  /** Those of each kind that wait. Beyond it they are told to come again. */
  historyWaiting: number;
  /** Work over many entries lets others have their turn after this long. */
  historySliceMs: number;
  /** Bytes of what is remembered of histories, all rooms together. Beyond it the room that was longest left alone is forgotten. */
  historyBytes: number;
  /** Bytes of old states of who wrote what, in one room: the more, the less has to be replayed. */
  historyStateBytes: number;
  /** Buckets of one timeline. */
  historyBuckets: number;
  /** Runs of one author in an answer of who wrote what, before their times are given up. */
  historyRuns: number;
  /** People whose work is taken back at once. */
  historyAuthors: number;
  /** Units of a passage that is taken out of a history. */
  redactUnits: number;
  /** Entries that one redaction may change. */
  redactEntries: number;
  /** A longer passage is found again only where it was inserted at once. */
  redactReach: number;

  /** Chat messages of one room; the oldest go. */
  chatKept: number;
  /** Newest chat messages whose quotes are moved along with the text. */
  quotesFollowed: number;
  /** Threads of comments in one room. */
  threads: number;
  /** Comments in one thread. */
  commentsPerThread: number;
  /** Units of all comments in one thread. */
  threadUnits: number;
  /** Units of all comments of a room together. */
  commentUnits: number;
  /** Chat messages and comments of one room that wait to be written. */
  notesWaiting: number;
  /** Messages in one page of the chat. */
  chatPage: number;
  /** Versions of one room that have a name. */
  versions: number;

  /** Links of one room, revoked ones too. */
  linksPerRoom: number;
  /** Wrong passwords at one link, whoever tries them. */
  passwordTries: Rate;
  /** Links whose wrong passwords are counted. Beyond it the one that was longest left alone is forgotten. */
  passwordLinks: number;
  /** Passwords that were right and cost no hash again. */
  passwordsRemembered: number;
  /** Passwords that are hashed at the same time. */
  passwordHashes: number;
  /** Those that wait for it. */
  passwordsWaiting: number;

  /** Bytes of one message of a watcher of the live dashboard. */
  statusFrame: number;
  /** Rooms in one page of the keeper's list. */
  adminPage: number;

  /** Requests to the storage that wait for it. Beyond it they are refused as if the disk were full. */
  storageWaiting: number;

  /** Bytes of one message between nodes. */
  busMessage: number;
  /** Bytes of the entries that such a message brings along; beyond it the others read them from the log. */
  busEntries: number;
  /** Bytes of messages that Redis has not answered yet. */
  busUnanswered: number;
  /** People in one message; more of them take several. */
  busPeople: number;
  /** Other nodes that are believed to have people in one room. */
  neighbours: number;
}

export interface AddressRates {
  ops: Rate;
  bytes: Rate;
  /** Hellos. */
  joins: Rate;
  /** Rooms made, by whatever way. */
  rooms: Rate;
  /** REST requests that read. */
  reads: Rate;
  /** REST requests that write. */
  writes: Rate;
  /** Passwords: wrong ones, and new ones. */
  passwords: Rate;
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
  // Our own client asks by itself after 55 s without a word, and proxies close after 60: it hears this before. Who joined waits for
  // up to 2.5 s more for the first one. That the other machine is gone the kernel finds out by itself, within 20 s.
  restingPingEveryMs: 45_000,
  restingPongWithinMs: 60_000,
  // An idle socket costs some tens of KiB; this many stay well under a GiB.
  sockets: 20_000,
  // A school or an office behind one address; a flood from one machine still ends somewhere.
  socketsPerAddress: 1_000,
  // Some three hundred a second: a thousand people are back within four seconds of a restart, and a flood of newcomers leaves
  // most of each moment to the people who write.
  newcomerEveryMs: 3,
  newcomersAtOnce: 4,
  // The last of them gets in within the ten seconds that our client waits for its socket, if the machine keeps up.
  newcomers: 2_000,
  // An honest client has one op outstanding, plus cursor, ping, name and title.
  waitingMessages: 256,
  // An honest client has one, or two when it sent it again; a program that does not wait may have a second's worth.
  unansweredEdits: 200,
  socketRates: {
    // Honest clients send 20 a second. After a stall of the line all of half a minute comes at once.
    cursors: { perSecond: 30, burst: 600 },
    // Honest clients send one in 100 ms at the most, and seldom that.
    pings: { perSecond: 20, burst: 100 },
    // Stock Yjs clients repeat each of the 20 frames a second that we send them, and then have their own to tell.
    awareness: { perSecond: 100, burst: 2_000 },
    // A Yjs client asks once for each connection, and some ask again every few seconds; each answer costs the whole Y.Doc.
    syncs: { perSecond: 1, burst: 10 },
    // Names and titles, by hand: the longest title, should a page send it letter by letter.
    others: { perSecond: 20, burst: 200 },
  },
  burstSeconds: {
    // Our client stays a fifth below the rate, so that its second's worth always fits into ours.
    ops: 1,
    // The largest document, at three bytes a unit, in one go.
    bytes: 2,
  },
  // What may be under way when the refusal is sent, over the slowest line; an honest client has a few messages.
  patience: { perSecond: 1, burst: 50 },
  addressRates: {
    // A thousand people typing fast.
    ops: { perSecond: 10_000, burst: 10_000 },
    // Some ten pastes of a megabyte each second; more than a disk takes for long.
    bytes: { perSecond: 16 * MIB, burst: 64 * MIB },
    // Everybody comes back twice at once after a restart, and a fifth of them each second.
    joins: { perSecond: 200, burst: 2_000 },
    // A school that opens a fresh page each, and then people.
    rooms: { perSecond: 5, burst: 500 },
    // Pages ask for their rooms over REST from this machine's own address, so this is for all visitors.
    reads: { perSecond: 500, burst: 2_000 },
    // A program that saves a folder of files.
    writes: { perSecond: 50, burst: 500 },
    // Somebody who has forgotten which it was; at this rate a word of a small dictionary takes weeks.
    passwords: { perSecond: 0.1, burst: 20 },
  },
  // Some KiB each.
  addresses: 10_000,
  // A Y.Doc keeps traces of all that was deleted: 20,000 edits of a short text leave 326 KB. Loading this takes about a second.
  lineage: 16 * MIB,
  // The largest document at two bytes a unit, in one paste: stock clients cannot cut it into pieces.
  yjsFrame: 4 * MIB,
  // A script that inserts letter by letter; beyond it the client comes back with all of it in one update.
  yjsWaiting: 20_000,
  yjsWaitingBytes: 4 * MIB,
  // A name, a colour and a caret take 300; some editors add a picture's address or a selection.
  awarenessState: 4 * KIB,
  // Stock clients repeat what they hear of others, so this is for a full room.
  awarenessStates: 5_000,
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
  // The largest text at 1 Mbit/s, and as long as our client waits for it.
  welcomeMs: 60_000,

  // 200 people: 11 times a second.
  membersPerBeatMs: 2,
  // Seldom enough that people who type in one room share frames, and with all else less than the tenth of a second from which on somebody
  // else's typing seems late.
  longestBeatMs: 90,
  // Each client has one edit outstanding, so this is about every member of a full room at once.
  inbox: 10_000,
  // Sixteen full documents: pastes of a class at once; a disk that stalls must not fill the memory.
  inboxUnits: 32 * MIB,
  // Commits in a few milliseconds at this size; larger batches gain nothing measurable.
  batch: 1_000,
  // With three bytes a unit and one full message more it stays below `slowClose` - `slowStop`.
  batchUnits: 512 * KIB,
  // Clients resume within `advertised.catchUp`, and then they are as far behind as a message takes.
  lateEdit: 200_000,
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
  // At 8 MiB each half a GiB in the worst case.
  bodies: 64,
  // Some 100 KiB of JSON when edits are keystrokes.
  historyPage: 1_000,
  // A page and a few large pastes.
  historyUnits: 2 * MIB,
  // 120 KB, and some ten milliseconds of the disk's thread.
  historyMarks: 10_000,
  // Each long one may keep the others waiting for a slice. A quick one reads a snapshot and a page or two, or the marks.
  historyJobs: { quick: 8, long: 2 },
  // A class that opens the history at once; at a second each the last one still gets its answer before its browser gives up.
  historyWaiting: 50,
  // Less than a frame, so that a letter on its way is not seen to wait.
  historySliceMs: 8,
  // 12 bytes a revision and up to 4 a unit: some hundred rooms of ordinary size, or one of four million revisions.
  historyBytes: 64 * MIB,
  historyStateBytes: 8 * MIB,
  // A pixel each on a wide screen has no use for more.
  historyBuckets: 1_000,
  // Some 500 KB of JSON.
  historyRuns: 20_000,
  // Everybody of a class.
  historyAuthors: 100,
  // A text of a hundred pages that was pasted.
  redactUnits: 512 * KIB,
  // All of them are one transaction: some hundred milliseconds of the disk's thread. Ten pages, typed letter by letter.
  redactEntries: 30_000,
  // Read around every edit of the log: some microseconds for each.
  redactReach: 4_000,

  // A year of a busy team, some MB.
  chatKept: 10_000,
  // What anybody scrolls back to on the day; older quotes keep their words.
  quotesFollowed: 200,
  // They are moved along with every edit: some microseconds for as many as this.
  threads: 500,
  // Each change of a thread tells everybody the whole of it, which must not weigh more than a large edit.
  commentsPerThread: 100,
  threadUnits: 32 * KIB,
  // All of them stay in memory with the room, and are one answer over REST.
  commentUnits: 1 * MIB,
  // A hundred people who answer at once, and a disk that stalls.
  notesWaiting: 1_000,
  // Some screens of a panel.
  chatPage: 200,
  // One a day for some years, in one list.
  versions: 1_000,

  // One for everybody in a large class, and then some years of changes.
  linksPerRoom: 1_000,
  // From many addresses: ten thousand words take half a day, and a class that mistypes its password still gets in.
  passwordTries: { perSecond: 0.2, burst: 100 },
  // Some hundred bytes each.
  passwordLinks: 10_000,
  passwordsRemembered: 10_000,
  // Each takes a core for a fifth of a second and 32 MiB; the threads are the storage's and the disk's too.
  passwordHashes: 2,
  // Some ten seconds' worth.
  passwordsWaiting: 100,

  // The longest is a token of 200 letters.
  statusFrame: 1 * KIB,
  // The storage weighs the whole log of each.
  adminPage: 100,

  // Two per room in memory; far beyond, answers would come too late for anybody to be waiting.
  storageWaiting: 20_000,

  // The largest that we send ourselves is a part of who is here.
  busMessage: 256 * KIB,
  // Some hundred keystrokes at once; the log is read quickly, and each node would get it although nobody there may care.
  busEntries: 64 * KIB,
  // A second of a busy cluster; Redis that is further behind than that tells nothing in time.
  busUnanswered: 8 * MIB,
  // At 600 bytes each, with the longest names, they fit into one message.
  busPeople: 400,
  // More nodes than one room ever needs: a node that starts again counts twice until the old one was silent for long.
  neighbours: 64,
};

/**
 * The defaults for a server that allows an address this many sockets. Whoever raises that does so because many people share
 * an address (an office, a proxy that hides addresses), so the address' rates grow with it; they never shrink.
 * `opsPerSecond` is what every client is told and held to.
 */
export function limitsFor(
  socketsPerAddress: number,
  opsPerSecond = DEFAULT_SERVER_LIMITS.advertised.opsPerSecond,
): ServerLimits {
  const factor = Math.max(1, socketsPerAddress / DEFAULT_SERVER_LIMITS.socketsPerAddress);
  const grown = ({ perSecond, burst }: Rate): Rate => ({ perSecond: perSecond * factor, burst: burst * factor });
  const { ops, bytes, joins, rooms, reads, writes, passwords } = DEFAULT_SERVER_LIMITS.addressRates;
  const addressRates = {
    ops: grown(ops),
    bytes: grown(bytes),
    joins: grown(joins),
    rooms: grown(rooms),
    reads: grown(reads),
    writes: grown(writes),
    passwords: grown(passwords),
  };
  const advertised = { ...DEFAULT_SERVER_LIMITS.advertised, opsPerSecond };
  return { ...DEFAULT_SERVER_LIMITS, advertised, socketsPerAddress, addressRates };
}
