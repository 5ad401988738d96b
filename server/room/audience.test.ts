import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { Audience } from './audience.ts';
import type { Member } from './member.ts';

function scene() {
  const clock = new ManualClock();
  const audience = new Audience(clock, 50);
  const wrote: number[] = [];
  audience.watch({
    came: () => undefined,
    left: () => undefined,
    replaced: () => undefined,
    moved: () => undefined,
    placed: () => undefined,
    wrote: (author) => wrote.push(author),
  });
  const enter = (author: number) => {
    const heard: string[] = [];
    const member: Member = {
      person: { author, person: '', name: `author ${author}`, color: author, role: 'edit', kind: 'ot' },
      rev: 1,
      welcome: () => undefined,
      sendEntries: () => undefined,
      send: () => undefined,
      sendLossy: (frame) => void heard.push(frame.toString()),
      roomForMore: () => Promise.resolve(),
      end: () => undefined,
    };
    audience.add(member, 1);
    return { member, heard };
  };
  return { clock, audience, wrote, ann: enter(1), bob: enter(2) };
}

it('tells the others, and nobody else, that somebody writes in the chat: once a second at most', () => {
  const { clock, audience, wrote, ann, bob } = scene();
  for (let letter = 0; letter < 10; letter++) {
    audience.writes(ann.member);
    clock.advance(150);
  }
  expect(bob.heard).toEqual(['{"t":"writing","author":1}', '{"t":"writing","author":1}']);
  expect(ann.heard).toEqual([]);
  expect(wrote).toEqual([1, 1]);
});

it('passes on what another node tells, of people that are known to be there, and not back again', () => {
  const { audience, wrote, ann } = scene();
  audience.remoteWrites(7);
  expect(ann.heard).toEqual([]);
  audience.remoteCame({ author: 7, person: '', name: 'Cat', color: 7, role: 'edit', kind: 'ot' });
  audience.remoteWrites(7);
  expect(ann.heard).toEqual(['{"t":"writing","author":7}']);
  // One who is here too tells it from here.
  audience.remoteWrites(1);
  expect(wrote).toEqual([]);
});
