import { describe, expect, it } from 'vitest';
import { ManualClock, seededRandom } from '../../lib/testing/index.ts';
import type { Op } from '../../lib/ot/index.ts';
import type { Person, Range } from '../../lib/protocol/index.ts';
import { decodeFrame, readUser, SharedText, type AwarenessState } from '../../lib/yjs/index.ts';
import { Audience } from './audience.ts';
import type { Member } from './member.ts';
import type { YjsMember } from './yjs-member.ts';
import { YjsPresence } from './yjs-presence.ts';

const EVERY_MS = 50;
const TEXT = 'hello🙂world';

const quiet = {
  rev: 0,
  welcome: () => undefined,
  sendEntries: () => undefined,
  send: () => undefined,
  sendLossy: () => undefined,
  sendYjs: () => undefined,
  sendYjsLossy: () => undefined,
  roomForMore: () => Promise.resolve(),
  end: () => undefined,
};

function person(author: number, kind: Person['kind']): Person {
  return { author, person: '', name: `author ${author}`, color: author, role: 'edit', kind };
}

function statesOf(bytes: Uint8Array): readonly AwarenessState[] {
  const frame = decodeFrame(bytes, { stateBytes: 1e6, states: 1e6 });
  return frame.kind === 'awareness' ? frame.states : [];
}

function scene() {
  const clock = new ManualClock();
  const audience = new Audience(clock, EVERY_MS);
  const shared = SharedText.create('text', seededRandom(3).next);
  shared.edit([TEXT]);
  const told: AwarenessState[][] = [];
  const room = {
    audience,
    rev: 1,
    get length() {
      return shared.length;
    },
  };
  const presence = new YjsPresence(
    {
      clock,
      random: seededRandom(5).next,
      everyMs: EVERY_MS,
      ask: (question) => question(shared),
      tell: (frame) => told.push([...statesOf(frame)]),
    },
    room,
  );
  const enter = <K extends Person['kind']>(author: number, kind: K): Member & YjsMember => {
    const member = { ...quiet, person: person(author, kind) };
    audience.add(member, room.rev);
    return member;
  };
  return {
    clock,
    audience,
    shared,
    presence,
    told,
    enter,
    /** An entry of the log. */
    write(author: number, op: Op): void {
      shared.edit(op);
      audience.apply(op, author);
    },
    /** What is told next. */
    flush(): AwarenessState[] {
      told.length = 0;
      clock.advance(EVERY_MS);
      return told.flat();
    },
    select: (member: Member, ...ranges: Range[]) =>
      audience.moveCarets(member, ranges, [], shared.length, () => room.rev),
    all: () => statesOf(presence.all(shared)),
  };
}

/** Where a state's cursor is. */
function cursorOf(shared: SharedText, state: object | null): unknown {
  const { cursor } = (state ?? {}) as { cursor?: { anchor: unknown; head: unknown } | null };
  return cursor ? [shared.offset(cursor.anchor), shared.offset(cursor.head)] : cursor;
}

describe('somebody who uses another editor, as Yjs clients see them', () => {
  it('has a state with name, colour and cursor, each time with a higher clock, and null at the end', () => {
    const { enter, flush, select, shared, audience, write } = scene();
    const ann = enter(1, 'ot');
    const [first] = flush();
    expect(first).toMatchObject({ clock: 1, state: { user: { name: 'author 1', color: '#6751f4' }, cursor: null } });
    select(ann, [7, 9]);
    const [second] = flush();
    expect([second?.clientId, second?.clock]).toEqual([first?.clientId, 2]);
    expect(cursorOf(shared, second?.state ?? null)).toEqual([7, 9]);
    write(2, ['abc']);
    write(1, [2, 'x']);
    const [third] = flush();
    expect(cursorOf(shared, third?.state ?? null)).toEqual([3, 3]);
    audience.remove(ann);
    expect(flush()).toEqual([{ clientId: first?.clientId, clock: 3, state: null }]);
    expect(flush()).toEqual([]);
  });

  it('is told to those who were here before, whatever they remember', () => {
    const { enter, flush, all } = scene();
    enter(1, 'ot');
    const [first] = flush();
    const clocks = [all()[0]?.clock, all()[0]?.clock];
    expect(clocks).toEqual([2, 3]);
    expect(all()[0]?.clientId).toBe(first?.clientId);
  });

  it('is renewed every 15 s, and a room without anybody says something too', () => {
    const { enter, flush, clock, told, audience } = scene();
    const ann = enter(1, 'ot');
    flush();
    told.length = 0;
    clock.advance(15_000 + EVERY_MS);
    expect(told.flat()).toMatchObject([{ clock: 2, state: { user: { name: 'author 1' } } }]);
    audience.remove(ann);
    flush();
    told.length = 0;
    clock.advance(15_000);
    expect(told).toEqual([[]]);
  });

  it('is not shown twice: a Yjs client has its own state', () => {
    const { enter, flush, all } = scene();
    enter(1, 'yjs');
    expect([flush(), all()]).toEqual([[], []]);
  });
});

describe('a Yjs client’s own state', () => {
  const state = (name: string, more: object = {}): object => ({ user: { name }, ...more });

  it('is told as it is, and shown as a caret; an echo of it changes nothing', () => {
    const { enter, presence, flush, shared, audience } = scene();
    const yann = enter(1, 'yjs');
    const cursor = { anchor: shared.anchor(7), head: shared.anchor(9) };
    const heard = { clientId: 77, clock: 4, state: state('Yann', { cursor }) };
    presence.hear(yann, heard);
    expect(flush()).toEqual([heard]);
    expect(audience.caretsOf(1)).toEqual([[7, 9]]);
    presence.hear(yann, heard);
    expect(flush()).toEqual([]);
    presence.hear(yann, { clientId: 77, clock: 5, state: state('Yann', { cursor: null }) });
    flush();
    expect(audience.caretsOf(1)).toEqual([]);
  });

  it('keeps its caret when the client changes something that is no text', () => {
    const { enter, presence, flush, shared, audience, write } = scene();
    const yann = enter(1, 'yjs');
    const cursor = { anchor: shared.anchor(7), head: shared.anchor(7) };
    presence.hear(yann, { clientId: 77, clock: 1, state: state('Yann', { cursor }) });
    flush();
    write(1, []);
    expect(audience.caretsOf(1)).toEqual([[7, 7]]);
  });

  it.each<[string, unknown]>([
    ['nowhere', { anchor: { item: { client: 5, clock: 0 } }, head: { item: { client: 5, clock: 0 } } }],
    ['in another root', { anchor: { tname: 'other' }, head: { tname: 'other' } }],
    ['no position', { anchor: 'x', head: 7 }],
    ['a number', 7],
  ])('[P7] has no caret if it says that it is %s', (_, cursor) => {
    const { enter, presence, flush, audience } = scene();
    const yann = enter(1, 'yjs');
    presence.hear(yann, { clientId: 77, clock: 1, state: { cursor } });
    flush();
    expect(audience.caretsOf(1)).toEqual([]);
  });

  it('is gone with its socket, and heard again when it comes back with a clock that is not higher', () => {
    const { enter, presence, flush, audience } = scene();
    const yann = enter(1, 'yjs');
    presence.hear(yann, { clientId: 77, clock: 4, state: state('Yann') });
    flush();
    audience.remove(yann);
    presence.gone(yann);
    expect(presence.isTaken(77)).toBe(false);
    expect(flush()).toEqual([{ clientId: 77, clock: 4, state: null }]);
    const back = enter(1, 'yjs');
    presence.hear(back, { clientId: 77, clock: 4, state: state('Yann') });
    expect(flush()).toEqual([{ clientId: 77, clock: 5, state: state('Yann') }]);
  });

  it('[P7] cannot be taken away: a second socket of the id waits as its shadow, until the first has gone', () => {
    const { enter, presence, flush, all } = scene();
    const old = enter(1, 'yjs');
    presence.hear(old, { clientId: 77, clock: 4, state: state('Old') });
    flush();
    const young = enter(2, 'yjs');
    presence.hear(young, { clientId: 77, clock: 9, state: state('Young') });
    presence.hear(young, { clientId: 77, clock: 10, state: null });
    presence.hear(young, { clientId: 77, clock: 11, state: state('Younger') });
    expect([flush(), all().map((one) => one.state)]).toEqual([[], [state('Old')]]);
    presence.gone(old);
    expect(flush()).toEqual([{ clientId: 77, clock: 11, state: state('Younger') }]);
    expect(presence.isTaken(77)).toBe(true);
    presence.gone(young);
    expect(flush()).toEqual([{ clientId: 77, clock: 11, state: null }]);
  });

  it('[P7] forgets a shadow that leaves first', () => {
    const { enter, presence, flush } = scene();
    const [old, young] = [enter(1, 'yjs'), enter(2, 'yjs')];
    presence.hear(old, { clientId: 77, clock: 4, state: state('Old') });
    presence.hear(young, { clientId: 77, clock: 9, state: state('Young') });
    presence.gone(young);
    presence.gone(old);
    expect(flush()).toEqual([{ clientId: 77, clock: 4, state: null }]);
  });

  it('[P7] is not taken for the id of somebody who uses another editor', () => {
    const { enter, presence, flush, all } = scene();
    enter(1, 'ot');
    const [ann] = flush();
    const id = ann?.clientId ?? 0;
    expect([presence.isSynthetic(id), presence.isTaken(id)]).toEqual([true, true]);
    const bad = enter(2, 'yjs');
    presence.hear(bad, { clientId: id, clock: 1_000, state: state('Impostor') });
    presence.hear(bad, { clientId: id, clock: 1_001, state: null });
    expect(flush()).toEqual([]);
    expect(all()).toMatchObject([{ clientId: id, state: { user: { name: 'author 1' } } }]);
  });
});

it('leaves no timer when it stops', () => {
  const { enter, presence, clock, audience } = scene();
  enter(1, 'ot');
  presence.stop();
  audience.close();
  expect(clock.pending).toBe(0);
});

it('tells a Yjs client of another node like everybody else, until it comes here and speaks for itself', () => {
  const { audience, presence, shared, enter } = scene();
  const namesOf = (): unknown[] =>
    statesOf(presence.all(shared)).flatMap(({ state }) => (state === null ? [] : [readUser(state)?.name]));
  audience.remoteCame(person(7, 'yjs'));
  expect(namesOf()).toEqual(['author 7']);
  const member = enter(7, 'yjs');
  expect(namesOf()).toEqual([]);
  audience.remove(member);
  expect(namesOf()).toEqual(['author 7']);
  audience.remoteLeft(7);
  expect(namesOf()).toEqual([]);
});
