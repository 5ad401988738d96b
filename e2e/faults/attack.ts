import { connect as openTcp } from 'node:net';
import { constants, setPriority } from 'node:os';
import { WebSocket } from 'ws';
import { COMPACT_SUBPROTOCOL, SUBPROTOCOL } from '../../lib/protocol/index.ts';
import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import { freshToken, pause } from '../harness/index.ts';
import { HostileSession, type Facts, type Targets } from './hostile-session.ts';
import { faultOfRefusal } from './refusals.ts';

/** What a process of attackers is told, as JSON in its one argument. */
export interface AttackOrder {
  url: string;
  seed: number;
  sessions: number;
  parallel: number;
  shared: string[];
  view: string;
}

/** What it says at its end, as JSON in its last line. */
export interface AttackReport {
  sessions: number;
  frames: number;
  /** How often each end came: a code, with the word where there is one, or `left`. */
  ends: Record<string, number>;
  /** Ends that are not documented. */
  faults: string[];
}

/** A session that gets no answer goes on without one after this long. */
const ANSWER_MS = 1_000;
/** Silent and unread sockets are held for this long: longer would only make the attack longer. */
const HOLD_MS = 1_500;
/** What `ws` refuses before a session of ours hears of it, so without an `error`. */
const TRANSPORT = new Set([1002, 1007, 1009]);
/** Attackers have so many addresses, none of them that of an honest person. */
const ADDRESSES = 200;
const MESSAGE_BYTES = 1_048_576;

// Attackers have machines of their own. Here they share one, and must not take from the server what they bring along.
setPriority(constants.priority.PRIORITY_LOW);

const order = JSON.parse(process.argv[2] ?? '') as AttackOrder;
const random = seededRandom(order.seed);
const report: AttackReport = { sessions: 0, frames: 0, ends: {}, faults: [] };
const targets: Targets = { shared: order.shared, view: order.view, names: ['notes', 'x', '../x', 'NOTES'], freshToken };

await Promise.all(
  Array.from({ length: order.parallel }, async () => {
    while (report.sessions < order.sessions) {
      report.sessions++;
      await (random.int(40) === 0 ? rawBytes() : session(seededRandom(random.int(2 ** 31))));
    }
  }),
);
process.stdout.write(`${JSON.stringify(report)}\n`);

function count(end: string): void {
  report.ends[end] = (report.ends[end] ?? 0) + 1;
}

/** One WebSocket from its opening to whatever end. */
async function session(own: SeededRandom): Promise<void> {
  const address = `198.51.100.${own.int(ADDRESSES)}`;
  const isCompact = own.int(2) === 0;
  const protocol = isCompact ? COMPACT_SUBPROTOCOL : SUBPROTOCOL;
  const socket = new WebSocket(`${order.url.replace(/^http/, 'ws')}/ws`, [protocol], {
    perMessageDeflate: false,
    headers: { 'x-forwarded-for': address },
  });
  let last = '';
  let facts: Facts | null = null;
  let left = false;
  let answered = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    socket.on('close', (code, reason) => {
      end(code, reason.toString(), last, left);
      answered();
      resolve();
    });
  });
  // Refused, or broken by ourselves: the close that follows is what counts.
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    last = data.toString();
    if (last.startsWith('{"t":"welcome"')) facts = factsOf(last);
    answered();
  });
  const opened = await Promise.race([
    new Promise<boolean>((resolve) => socket.on('open', () => resolve(true))),
    closed.then(() => false),
  ]);
  if (!opened) return;
  if (own.int(20) === 0) socket.pause();
  const script = new HostileSession(own, targets, isCompact);
  for (let first = true; socket.readyState === WebSocket.OPEN; first = false) {
    const step = script.next(facts);
    if (step.kind === 'leave') break;
    if (step.kind === 'wait') {
      await Promise.race([pause(HOLD_MS), closed]);
      break;
    }
    report.frames++;
    if (step.kind === 'binary') socket.send(step.frame);
    else if (own.int(60) === 0) badFrame(own, socket);
    else socket.send(step.frame);
    const answer = new Promise<void>((resolve) => (answered = resolve));
    if (first || own.int(4) === 0) await Promise.race([answer, pause(ANSWER_MS)]);
  }
  left = true;
  // The server's own close may be on its way, and is worth being looked at.
  if (own.int(2) === 0) socket.close(1000);
  else socket.terminate();
  await Promise.race([closed, pause(HOLD_MS)]);
  socket.terminate();
}

/** Text that is no UTF-8, a message over the limit, a frame that has no end. */
function badFrame(own: SeededRandom, socket: WebSocket): void {
  switch (own.int(4)) {
    case 0:
      socket.send(Buffer.from([0xc3, 0x28, 0xff]), { binary: false });
      return;
    case 1:
      socket.send('x'.repeat(MESSAGE_BYTES + 1));
      return;
    case 2:
      socket.send('{"t":"op",', { fin: false });
      return;
    default:
      socket.ping(Buffer.alloc(125));
  }
}

/** Bytes that are no WebSocket, or no longer. */
function rawBytes(): Promise<void> {
  const { hostname, port } = new URL(order.url);
  const host = `Host: ${hostname}\r\nX-Forwarded-For: 198.51.100.${random.int(ADDRESSES)}\r\n`;
  const upgrade =
    `GET /ws HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
    `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n\r\n`;
  const bytes = random.pick([
    `GET /ws HTTP/1.1\r\n${host}Upgrade: websocket\r\n\r\n`,
    `${upgrade}unmasked and no frame at all`,
    `${upgrade}\u0081\u00ff${'\u0000'.repeat(7)}`,
    'GET http://[ HTTP/1.1\r\n\r\n',
    'garbage\r\n\r\n',
    upgrade.slice(0, 60),
  ]);
  report.frames++;
  return new Promise((resolve) => {
    const socket = openTcp(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    const stop = setTimeout(() => socket.destroy(), HOLD_MS);
    socket.on('error', () => undefined);
    socket.resume();
    socket.on('close', () => {
      clearTimeout(stop);
      count('raw bytes');
      resolve();
    });
  });
}

function factsOf(welcome: string): Facts {
  const { rev, epoch, text } = JSON.parse(welcome) as { rev: number; epoch: string; text?: string };
  return { rev, epoch, text: text ?? '' };
}

function end(code: number, reason: string, last: string, left: boolean): void {
  // Left by ourselves, or refused before it was open: too many sockets of one address.
  if (code === 1006 || code === 1005 || code === 1000) return count(left ? 'left' : `${code}`);
  if (TRANSPORT.has(code)) return count(`${code}`);
  const fault = faultOfRefusal(last === '' ? null : JSON.parse(last), code, reason);
  if (fault !== null) report.faults.push(fault.slice(0, 300));
  count(`${code} ${reason}`);
}
