import { describe, expect, it } from 'vitest';
import { someLink } from '../contract/samples.ts';
import { createKnownDoors, type KnownDoors } from './known-doors.ts';

describe('what is known of doors', () => {
  const learn = (doors: KnownDoors, token: string, room = 'r', barred: string[] = []): void =>
    doors.question()(token, { link: someLink(token, room, 1), barred });

  it('is what the thread has told: the link, and who is kept out', () => {
    const doors = createKnownDoors();
    expect(doors.find('t', [])).toBeUndefined();
    learn(doors, 't', 'r', ['cookie:a', 'person:b']);
    expect(doors.find('t', [])).toEqual({ link: someLink('t', 'r', 1), isBarred: false });
    expect(doors.find('t', ['cookie:c', 'person:b'])?.isBarred).toBe(true);
    expect(doors.find('t', ['person:\0b'])?.isBarred, 'as labels are kept').toBe(true);
    expect(doors.find('u', [])).toBeUndefined();
  });

  it('is nothing of a room from when its links or guests begin to change, and what was asked before the end does not count', () => {
    const doors = createKnownDoors();
    learn(doors, 't');
    learn(doors, 'u');
    learn(doors, 'v', 's');
    const asked = doors.question();
    const changed = doors.changing('r');
    expect([doors.find('t', []), doors.find('u', [])]).toEqual([undefined, undefined]);
    expect(doors.find('v', [])).toBeDefined();
    asked('t', { link: someLink('t', 'r', 1), barred: [] });
    const during = doors.question();
    changed();
    during('t', { link: someLink('t', 'r', 1), barred: [] });
    expect(doors.find('t', [])).toBeUndefined();
    learn(doors, 't');
    expect(doors.find('t', [])).toBeDefined();
  });

  it('is bounded', () => {
    const doors = createKnownDoors();
    for (let index = 0; index <= 10_000; index++) learn(doors, `t${index}`);
    expect(doors.find('t0', [])).toBeUndefined();
    expect(doors.find('t10000', [])).toBeDefined();
  });
});
