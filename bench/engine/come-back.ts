import { openRoom, type SocketHandlers } from '../../lib/client/index.ts';
import { Text, type Op } from '../../lib/ot/index.ts';
import { DEFAULT_LIMITS, type LoggedOp, type ServerMessage } from '../../lib/protocol/index.ts';
import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';

const PAGE = 1_000;
const EPOCH = 'epoch';

/** What coming back took, in ms. */
export interface CameBack {
  /** Of the event loop. */
  longest: number;
  turns: number;
  /** The sum of all turns. */
  work: number;
  /** From the first page to the last entry. */
  elapsed: number;
  /** What is shown in the end. */
  text: string;
}

/** Ops of somebody who moves through a text of `length` units: a letter here and there, and one taken out for nearly each. */
export function wanderingOps(count: number, length: number, random: SeededRandom): Op[] {
  let now = length;
  let at = 0;
  return Array.from({ length: count }, () => {
    if (random.int(20) === 0 || at > now - 100) at = random.int(now - 100);
    const op: Op = random.int(2) === 0 ? [++at, 'x'] : [++at, -1];
    now += typeof op[1] === 'string' ? 1 : -1;
    return op;
  });
}

/** The entries of revisions 2 and on, in pages as a server sends them. */
export function pagesOf(ops: readonly Op[], random: SeededRandom): string[] {
  const logged = ops.map((op, index): LoggedOp => [2 + random.int(3), index + 2, op]);
  return Array.from({ length: Math.ceil(logged.length / PAGE) }, (_, page) => {
    const some = logged.slice(page * PAGE, (page + 1) * PAGE);
    const message: ServerMessage = { t: 'ops', rev: 2 + page * PAGE, ops: some };
    return JSON.stringify(message);
  });
}

/**
 * A client that wrote `mine`, of which nothing was ever sent, comes back and reads `frames`, all of others. The network costs
 * nothing: every page is there at once, which is the worst case.
 */
export function comeBack(
  before: string,
  mine: readonly Op[],
  frames: readonly string[],
  rev: number,
): Promise<CameBack> {
  const random = seededRandom(1);
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
    initial: { text: before, rev: 1, epoch: EPOCH, title: '', language: '', role: 'edit' },
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
  for (const op of mine) {
    editor.apply(op);
    room.edit(op);
  }
  const hear = (message: ServerMessage | string) =>
    opened.handlers?.message(typeof message === 'string' ? message : JSON.stringify(message));
  opened.handlers?.open();
  hear({
    t: 'welcome',
    session: 'session',
    epoch: EPOCH,
    rev,
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
      if (room.view().rev < rev) return;
      stop();
      // After the turn that this is called in.
      setImmediate(ended);
    });
    const ended = () => {
      const elapsed = performance.now() - began;
      const text = room.text();
      if (editor.toString() !== text) throw new Error('The editor shows another text than the client.');
      room.close();
      const work = turns.reduce((sum, ms) => sum + ms, 0);
      resolve({ longest: Math.max(...turns), turns: turns.length, work, elapsed, text });
    };
  });
}
