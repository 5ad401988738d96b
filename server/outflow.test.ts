import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';
import { Outflow } from './outflow.ts';
import type { EntriesFrame } from './room/frame.ts';

const LIMITS = DEFAULT_SERVER_LIMITS;

/** A socket that reads only when the test says so. */
function scene() {
  const clock = new ManualClock();
  const sent: string[] = [];
  const happened: string[] = [];
  const sink = {
    buffered: 0,
    send(frame: Buffer): void {
      sent.push(frame.toString());
      sink.buffered += frame.length;
    },
    sendEntries(frame: EntriesFrame): void {
      sink.send(frame.text);
    },
    sendPieces(pieces: readonly Buffer[]): void {
      sink.send(Buffer.concat(pieces));
    },
  };
  const outflow = new Outflow(sink, clock, LIMITS, {
    behind: () => void happened.push('behind'),
    drained: () => void happened.push('drained'),
    tooSlow: () => {
      happened.push('too slow');
      outflow.sendLast(Buffer.from('farewell'));
    },
  });
  return { clock, sent, sink, happened, outflow };
}

const frame = (text: string, bytes = text.length): Buffer => Buffer.from(text.padEnd(bytes));

const entries = (text: string, bytes = text.length): EntriesFrame => ({
  text: frame(text, bytes),
  compact: frame('not wanted'),
});

describe('what a slow socket is told', () => {
  it('[P9] has no carets beyond 256 KiB', () => {
    const { sent, sink, outflow } = scene();
    outflow.welcome([frame('welcome')], 0);
    sink.buffered = LIMITS.slowNoCursors;
    outflow.sendLossy(frame('caret'));
    sink.buffered = LIMITS.slowNoCursors + 1;
    outflow.sendLossy(frame('left out'));
    expect(sent).toEqual(['welcome', 'caret']);
  });

  it('[P9] has no entries beyond 1 MiB until it has drained, and then those that are missing, once and in order', () => {
    const { clock, sent, sink, happened, outflow } = scene();
    outflow.welcome([frame('welcome')], 4);
    outflow.sendEntries(entries('5'), 5, 5);
    sink.buffered = LIMITS.slowStop + 1;
    outflow.sendEntries(entries('6'), 6, 6);
    sink.buffered = LIMITS.slowNoCursors + 1;
    clock.advance(1_000);
    outflow.sendEntries(entries('7'), 7, 7);
    outflow.sendLossy(frame('caret'));
    expect([sent, happened, outflow.rev]).toEqual([['welcome', '5'], ['behind'], 5]);
    sink.buffered = LIMITS.slowNoCursors;
    clock.advance(100);
    expect(happened).toEqual(['behind', 'drained']);
    // What comes meanwhile does not overtake the catch-up, and is not told twice.
    outflow.sendEntries(entries('8'), 8, 8);
    outflow.sendEntries(entries('6 7 8'), 6, 8);
    outflow.sendEntries(entries('7 8'), 7, 8);
    outflow.sendEntries(entries('9'), 9, 9);
    expect(sent).toEqual(['welcome', '5', '6 7 8', '9']);
    expect(clock.pending).toBe(0);
  });

  it('[P3] holds an acknowledgement back until the entries before it are told', () => {
    const { clock, sent, sink, outflow } = scene();
    outflow.welcome([frame('welcome')], 4);
    sink.buffered = LIMITS.slowStop + 1;
    outflow.sendEntries(entries('5'), 5, 5);
    outflow.sendAck(frame('ack at 6'), 6);
    outflow.sendAck(frame('ack at 4'), 4);
    expect(sent).toEqual(['welcome']);
    sink.buffered = 0;
    clock.advance(100);
    outflow.sendEntries(entries('5'), 5, 5);
    outflow.sendEntries(entries('6'), 6, 6);
    expect(sent).toEqual(['welcome', '5', '6', 'ack at 6', 'ack at 4']);
    outflow.sendAck(frame('ack at 2'), 2);
    expect(sent.at(-1)).toBe('ack at 2');
  });

  it('[P9] is given up when it has not drained after 10 s', () => {
    const { clock, sent, sink, happened, outflow } = scene();
    outflow.welcome([frame('welcome')], 0);
    sink.buffered = LIMITS.slowStop + 1;
    outflow.sendEntries(entries('1'), 1, 1);
    clock.advance(LIMITS.slowCloseMs - 1);
    expect(happened).toEqual(['behind']);
    clock.advance(1);
    expect(happened).toEqual(['behind', 'too slow']);
    expect(sent).toEqual(['welcome', 'farewell']);
    outflow.send(frame('after the end'));
    outflow.sendEntries(entries('1'), 1, 1);
    expect(sent).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('[P9] never costs more than 4 MiB, whatever it is told', () => {
    const { sink, happened, outflow } = scene();
    outflow.welcome([frame('welcome')], 0);
    const most = 3 * LIMITS.batchUnits;
    let highest = 0;
    for (let rev = 1; rev <= 20; rev++) {
      outflow.sendEntries(entries('entries', most), rev, rev);
      highest = Math.max(highest, sink.buffered);
    }
    expect(highest).toBeLessThanOrEqual(LIMITS.slowClose);
    expect(happened).toEqual(['behind']);
    sink.buffered = LIMITS.slowClose + 1;
    outflow.send(frame('people'));
    expect(happened).toEqual(['behind', 'too slow']);
  });

  it('may take a minute for a large welcome, which does not count against it', () => {
    const { clock, sink, happened, outflow } = scene();
    const now = clock.now();
    outflow.welcome([frame('a text of six megabytes', 6 * 1_048_576)], 0);
    outflow.send(frame('people'));
    outflow.sendEntries(entries('1'), 1, 1);
    expect([happened, outflow.patientUntil]).toEqual([['behind'], now + LIMITS.welcomeMs]);
    clock.advance(LIMITS.welcomeMs - 1);
    expect(happened).toEqual(['behind']);
    sink.buffered = 0;
    clock.advance(100);
    expect([happened, outflow.patientUntil]).toEqual([['behind', 'drained'], 0]);
  });

  it('is given up when even the welcome was not read in a minute', () => {
    const { clock, happened, outflow } = scene();
    outflow.welcome([frame('a text', 2 * LIMITS.slowStop)], 0);
    outflow.sendEntries(entries('1'), 1, 1);
    clock.advance(LIMITS.welcomeMs);
    expect(happened).toEqual(['behind', 'too slow']);
  });

  it('lets a catch-up wait until there is room for more, or it is over', async () => {
    const { clock, sink, outflow } = scene();
    outflow.welcome([frame('welcome')], 0);
    await outflow.roomForMore();
    const steps: string[] = [];
    sink.buffered = LIMITS.slowStop + 1;
    const first = outflow.roomForMore().then(() => steps.push('drained'));
    clock.advance(1_000);
    await Promise.resolve();
    expect(steps).toEqual([]);
    sink.buffered = 0;
    clock.advance(100);
    await first;
    sink.buffered = LIMITS.slowStop + 1;
    const second = outflow.roomForMore().then(() => steps.push('over'));
    outflow.stop();
    await second;
    expect(steps).toEqual(['drained', 'over']);
    expect(clock.pending).toBe(0);
  });
});
