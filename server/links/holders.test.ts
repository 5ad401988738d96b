import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import type { Person, ProtocolFault } from '../../lib/protocol/index.ts';
import { Holders, type Holder, type Key } from './holders.ts';
import type { Link } from '../storage/storage.ts';
import { refusals } from './refusals.ts';

const PERSON: Person = { author: 1, person: 'p', name: 'Ann', color: 1, role: 'edit', kind: 'ot' };
const KEY: Key = { token: 't', expiresAt: null, passwordHash: null };
const DAY_MS = 24 * 60 * 60 * 1_000;

function holder(link: number, guest = 'cookie:a'): Holder & { ended: string[]; locks: boolean[] } {
  const ended: string[] = [];
  const locks: boolean[] = [];
  return {
    link,
    person: PERSON,
    guests: [guest],
    traits: [guest],
    ended,
    locks,
    lockChanged: (locked) => void locks.push(locked),
    end: (fault: ProtocolFault) => void ended.push(fault.code),
  };
}

it('[P10] ends those who are in by a link, and nobody else', () => {
  const holders = new Holders(new ManualClock());
  const [one, two, other] = [holder(1), holder(1), holder(2)];
  for (const each of [one, two, other]) holders.add(each, KEY);
  holders.endLink(1, refusals.revoked());
  expect([one, two, other].map(({ ended }) => ended)).toEqual([['revoked'], ['revoked'], []]);
});

it('[P10] ends them in the moment when their link’s time is over, however far away that is', () => {
  const clock = new ManualClock();
  const holders = new Holders(clock);
  const one = holder(1);
  holders.add(one, { ...KEY, expiresAt: clock.now() + 60 * DAY_MS });
  clock.advance(60 * DAY_MS - 1);
  expect(one.ended).toEqual([]);
  clock.advance(1);
  expect(one.ended).toEqual(['expired']);
});

it('follows an expiry that is moved, taken away, or past already', () => {
  const clock = new ManualClock();
  const holders = new Holders(clock);
  const one = holder(1);
  holders.add(one, { ...KEY, expiresAt: clock.now() + 1_000 });
  holders.expireAt(1, clock.now() + 5_000);
  clock.advance(4_999);
  expect(one.ended).toEqual([]);
  holders.expireAt(1, null);
  clock.advance(DAY_MS);
  expect(one.ended).toEqual([]);
  holders.expireAt(1, clock.now());
  expect(one.ended).toEqual(['expired']);
});

it('forgets who has left, with the timer of a link that nobody holds any more', () => {
  const clock = new ManualClock();
  const holders = new Holders(clock);
  const one = holder(1);
  const letGo = holders.add(one, { ...KEY, expiresAt: clock.now() + 1_000 });
  letGo();
  letGo();
  expect(holders.all()).toEqual([]);
  clock.advance(2_000);
  holders.endAll(refusals.deleted());
  expect(one.ended).toEqual([]);
});

it('ends all tabs of a guest, by what each is known by', () => {
  const holders = new Holders(new ManualClock());
  const [tab, otherTab, somebody] = [holder(1, 'cookie:a'), holder(2, 'cookie:a'), holder(1, 'cookie:b')];
  for (const each of [tab, otherTab, somebody]) holders.add(each, KEY);
  holders.endGuests(['cookie:a', 'person:p'], refusals.removed());
  expect([tab, otherTab, somebody].map(({ ended }) => ended)).toEqual([['removed'], ['removed'], []]);
});

it('tells everybody of the lock', () => {
  const holders = new Holders(new ManualClock());
  const [one, two] = [holder(1), holder(2)];
  holders.add(one, KEY);
  holders.add(two, KEY);
  holders.lockChanged(true);
  expect([one.locks, two.locks]).toEqual([[true], [true]]);
});

it('[P10] ends whoever would not get in any more, when somebody else has changed the links', () => {
  const holders = new Holders(new ManualClock());
  const names = [
    'same',
    'revoked',
    'rotated',
    'with a new password',
    'with the same password',
    'without it now',
    'gone',
  ];
  const all = names.map((_, index) => holder(index + 1));
  const keys = all.map((_, index): Key => ({ ...KEY, passwordHash: index === 4 || index === 5 ? 'hash' : null }));
  all.forEach((one, index) => holders.add(one, keys[index] ?? KEY));
  const link = (number: number, change: Partial<Link> = {}): Link => ({
    token: 't',
    room: 'r',
    number,
    role: 'edit',
    name: '',
    createdAt: 0,
    expiresAt: null,
    passwordHash: null,
    revokedAt: null,
    ...change,
  });
  holders.recheck([
    link(1),
    link(2, { revokedAt: 1 }),
    link(3, { token: 'u' }),
    link(4, { passwordHash: 'hash' }),
    link(5, { passwordHash: 'hash' }),
    link(6),
  ]);
  expect(Object.fromEntries(all.map(({ ended }, index) => [names[index], ended[0] ?? null]))).toEqual({
    same: null,
    revoked: 'revoked',
    rotated: 'revoked',
    'with a new password': 'password-wanted',
    'with the same password': null,
    'without it now': null,
    gone: 'revoked',
  });
});
