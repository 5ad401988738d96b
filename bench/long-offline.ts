import { openRoom, type SocketHandlers } from '../lib/client/index.ts';
import { type Op, OpBuilder, Text } from '../lib/ot/index.ts';
import { DEFAULT_LIMITS, type LoggedOp, type ServerMessage } from '../lib/protocol/index.ts';
import { seededRandom } from '../lib/testing/index.ts';

/**
 * A client that comes back 100,000 revisions behind, with edits in many separate places that were never sent: how long the
 * longest turn of its event loop takes, and how long all of it. `npx tsx bench/long-offline.ts [revisions]`. The network
 * costs nothing here: every page is there at once, which is the worst case. Times are milliseconds.
 */
const REVISIONS = Number(process.argv[2] ?? 100_000);
const PLACES = [0, 100, 5_000];
const PAGE = 1_000;
const TEXT = 'The quick brown fox jumps over the lazy dog.\n'.repeat(2_500);
const EPOCH = 'epoch';

const random = seededRandom(1);

/** A letter here and there, and one taken out for nearly each, by somebody who moves through the text. */
function history(): ServerMessage[] {
  const pages: ServerMessage[] = [];
  let length = TEXT.length;
  let at = 0;
  let ops: LoggedOp[] = [];
  for (let rev = 2; rev < REVISIONS + 2; rev++) {
    if (random.int(20) === 0) at = random.int(length - 100);
    const op: Op = random.int(2) === 0 ? [++at, 'x'] : [++at, -1];
    length += typeof op[1] === 'string' ? 1 : -1;
    ops.push([2 + random.int(3), rev, op]);
    if (ops.length < PAGE && rev < REVISIONS + 1) continue;
    pages.push({ t: 'ops', rev: rev - ops.length + 1, ops });
    ops = [];
  }
  return pages;
}

/** One letter in each of `places` places. */
function letters(places: number): Op {
  const op = new OpBuilder();
  for (let place = 0; place < places; place++) op.retain(Math.floor(TEXT.length / places) - 1).insert('y');
  return op.done();
}

interface Result {
  longest: number;
  turns: number;
  /** The sum of all turns. */
  work: number;
  /** From the first page to the last entry. */
  elapsed: number;
}

function comeBack(places: number, frames: readonly string[]): Promise<Result> {
  const opened: { handlers: SocketHandlers | null } = { handlers: null };
  const turns: number[] = [];
  const turn = (run: () => void): void => {
    const began = performance.now();
    run();
    turns.push(performance.now() - began);
  };
  const room = openRoom({
    token: 'aaaaaaaaaaaaaaaaaaaaaa',
    me: { person: 'person', name: 'Person', color: 1 },
    initial: { text: TEXT, rev: 1, epoch: EPOCH, title: '', language: '', role: 'edit' },
    environment: {
      connect(given) {
        opened.handlers = given;
        return { send: () => undefined, close: () => undefined };
      },
      now: () => performance.now(),
      after(ms, run) {
        const timer = setTimeout(() => turn(run), ms);
        return () => clearTimeout(timer);
      },
      random: () => random.next(),
      clientId: () => 'cccccccccccccccccccccc',
      onNetwork: () => () => undefined,
    },
  });
  const editor = Text.of(room.text());
  room.onChange(({ op }) => editor.apply(op));
  const mine = letters(places);
  if (mine.length > 0) {
    editor.apply(mine);
    room.edit(mine);
  }
  const hear = (message: ServerMessage | string) =>
    opened.handlers?.message(typeof message === 'string' ? message : JSON.stringify(message));
  opened.handlers?.open();
  hear({
    t: 'welcome',
    session: 'session',
    epoch: EPOCH,
    rev: REVISIONS + 1,
    role: 'edit',
    you: 1,
    title: '',
    language: '',
    limits: DEFAULT_LIMITS,
    last: null,
  });
  turns.length = 0;
  const began = performance.now();
  return new Promise((resolve) => {
    for (const frame of frames) setImmediate(() => turn(() => hear(frame)));
    const stop = room.subscribe(() => {
      if (room.view().rev < REVISIONS + 1) return;
      stop();
      // After the turn that this is called in.
      setImmediate(ended);
    });
    const ended = () => {
      const elapsed = performance.now() - began;
      if (editor.toString() !== room.text()) throw new Error('The editor shows another text than the client.');
      room.close();
      const work = turns.reduce((sum, ms) => sum + ms, 0);
      resolve({ longest: Math.max(...turns), turns: turns.length, work, elapsed });
    };
  });
}

const frames = history().map((page) => JSON.stringify(page));
// The first run compiles.
await comeBack(100, frames);
for (const places of PLACES) {
  const { longest, turns, work, elapsed } = await comeBack(places, frames);
  console.log(
    `${REVISIONS} revisions, ${places} places: longest turn ${longest.toFixed(1)} ms, ` +
      `${turns} turns, ${Math.round(work)} ms of work in ${Math.round(elapsed)} ms`,
  );
}
