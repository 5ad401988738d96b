import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryFault, type HistoryApi } from './history-api.ts';
import { HistoryModel } from './history-model.ts';
import type { Moment, Timeline } from './history-types.ts';

const ann = { author: 1, name: 'Ann', color: 1 };
const timeline: Timeline = {
  rev: 100,
  authors: [ann],
  buckets: [{ first: 1, last: 100, from: 0, to: 1000, edits: [[1, 100]] }],
};
const textAt = (rev: number) => 'x'.repeat(rev);
const moment = (rev: number): Moment => ({ rev, at: rev * 10, author: ann, text: textAt(rev) });
const settle = () => new Promise<void>((done) => setImmediate(done));

let newest: number;
let timers: { ms: number; run: () => void }[];
let asked: string[];
let failing: boolean;
let fault: HistoryFault;
let model: HistoryModel;
let screen: string;

const answer = async <Value>(words: string, value: Value): Promise<Value> => {
  asked.push(words);
  if (failing) throw fault;
  return value;
};

const api: HistoryApi = {
  timeline: () => answer('timeline', { ...timeline, rev: newest }),
  at: (rev) => answer(`at ${rev}`, moment(rev)),
  entries: (from, to) =>
    answer(`entries ${from} ${to}`, {
      entries: Array.from({ length: to - from + 1 }, (_, index) => {
        const rev = from + index;
        return { rev, author: 1, at: rev * 10, op: [rev - 1, 'x'] };
      }),
      authors: [ann],
      next: null,
    }),
  changes: (from, to) =>
    answer(`changes ${from} ${to}`, {
      from,
      to,
      segments: [
        { kind: 'same', text: textAt(from), author: 0, at: 0 },
        { kind: 'added', text: textAt(to - from), author: 1, at: 9 },
      ],
      authors: [ann],
    }),
  since: () => answer('since', 0),
  undo: () => Promise.reject(new Error('not here')),
  versions: () => answer('versions', { versions: [{ rev: 7, name: 'First', author: 1, at: 70 }], authors: [] }),
  nameVersion: () => Promise.resolve(),
  renameVersion: () => Promise.resolve(),
  removeVersion: () => Promise.resolve(),
  redact: () => Promise.resolve(0),
};

beforeEach(() => {
  newest = 100;
  timers = [];
  asked = [];
  failing = false;
  fault = new HistoryFault('unreachable', 'Nobody answers.');
  screen = '';
  model = new HistoryModel({
    api,
    newest: () => newest,
    after: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
  });
  model.attach({ apply: () => (screen += 'x'), text: () => screen });
});

const pass = async () => {
  const due = timers;
  timers = [];
  for (const { run } of due) run();
  await settle();
};

describe('the history', () => {
  it('knows the timeline and the versions, and says so if nobody answers', async () => {
    failing = true;
    await model.load();
    expect(model.get().known).toEqual({ kind: 'failed', words: 'Nobody answers.' });
    failing = false;
    await model.load();
    expect(model.get().known).toMatchObject({ kind: 'known', timeline: { rev: 100 }, versions: [{ name: 'First' }] });
  });

  it('shows a moment with who and when, and goes back to now at the end', async () => {
    await model.load();
    model.seek(40);
    expect(model.get()).toMatchObject({ shown: { kind: 'moment', rev: 40 }, waiting: true, stop: null });
    await settle();
    expect(model.get()).toMatchObject({ waiting: false, stop: { rev: 40, at: 400, author: ann } });
    expect(model.get().content).toEqual({ kind: 'moment', moment: moment(40) });
    model.seek(100);
    expect(model.get()).toMatchObject({ shown: { kind: 'now' }, content: null });
    model.seek(-5);
    expect(model.get().shown).toEqual({ kind: 'moment', rev: 1 });
  });

  it('keeps what it shows while the next is on its way, and says why that did not come', async () => {
    await model.load();
    model.seek(40);
    await settle();
    await pass();
    failing = true;
    model.seek(60);
    await pass();
    await settle();
    expect(model.get()).toMatchObject({ waiting: false, fault: 'Nobody answers.', content: { moment: { rev: 40 } } });
  });

  it('compares two moments in either order, and asks once when they rest', async () => {
    await model.load();
    model.compare(60, 20);
    model.compare(60, 30);
    await pass();
    expect(asked.filter((one) => one.startsWith('changes'))).toEqual(['changes 30 60']);
    expect(model.get()).toMatchObject({ shown: { kind: 'comparing', from: 30, to: 60 }, waiting: false });
    expect(model.get().content).toMatchObject({ kind: 'changes', marked: { places: [{ from: 30, to: 60 }] } });
    // The same moment twice is compared with its neighbour.
    model.compare(100, 100);
    expect(model.get().shown).toEqual({ kind: 'comparing', from: 99, to: 100 });
  });

  it('plays on from the head, and can be paused', async () => {
    await model.load();
    model.seek(97);
    await settle();
    await model.play();
    screen = textAt(97);
    await settle();
    expect(model.get().shown).toEqual({ kind: 'playing', rev: 97 });
    await pass();
    expect(model.get()).toMatchObject({ shown: { kind: 'playing', rev: 98 }, stop: { rev: 98, at: 980, author: ann } });
    const before = asked.length;
    model.pause();
    expect(model.get()).toMatchObject({ shown: { kind: 'moment', rev: 98 }, content: { moment: { rev: 98 } } });
    expect(asked.slice(before)).toEqual([]);
    await model.play();
    await settle();
    for (let steps = 0; steps < 5; steps++) await pass();
    expect(model.get().shown).toEqual({ kind: 'now' });
    expect(screen).toBe(textAt(100));
  });

  it('follows a room that goes on, and fetches its timeline now and then', async () => {
    await model.load();
    newest = 101;
    model.grew();
    newest = 102;
    model.grew();
    const { known } = model.get();
    expect(known.kind === 'known' && known.axis.rev).toBe(102);
    asked = [];
    await pass();
    expect(asked).toEqual(['timeline', 'versions']);
  });

  it('is empty in a room that its first letter has yet to make, and fills with it', async () => {
    newest = 0;
    failing = true;
    fault = new HistoryFault('no-such-room', 'There is no room here.');
    await model.load();
    expect(model.get().known).toMatchObject({ kind: 'known', timeline: { rev: 0 } });
    failing = false;
    newest = 1;
    model.grew();
    await pass();
    expect(model.get().known).toMatchObject({ kind: 'known', timeline: { rev: 1 } });
  });

  it('is silent after its end', async () => {
    const load = model.load();
    model.end();
    await load;
    expect(model.get().known.kind).toBe('loading');
  });
});
