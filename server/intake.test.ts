import { describe, expect, it } from 'vitest';
import type { Conversation } from './endpoint.ts';
import { Intake } from './intake.ts';

type Heard = [who: string, frame: string, at: number | undefined];

function setUp(wait = 0) {
  const heard: Heard[] = [];
  const scheduled: (() => number)[] = [];
  const allowed: number[] = [];
  let time = 0;
  const intake = new Intake({
    schedule: (run) => {
      scheduled.push(run);
      return wait;
    },
    now: () => time,
    hasTime: (until) => void allowed.push(until),
  });
  const member = (who: string): Conversation => ({
    id: who,
    patientUntil: 0,
    receive: (frame, at) => void heard.push([who, frame, at]),
    receiveBinary: (frame, at) => void heard.push([who, frame.toString('latin1'), at]),
    send: () => undefined,
    end: () => undefined,
    closed: () => undefined,
  });
  return { heard, scheduled, allowed, intake, member, setTime: (ms: number) => (time = ms) };
}

describe('The intake', () => {
  it('hands on what came in its order, with the times when it came, and says how many that were', () => {
    const { heard, scheduled, intake, member, setTime } = setUp();
    const [ada, bob] = [member('ada'), member('bob')];
    intake.take(ada, 'one');
    setTime(3);
    intake.take(bob, Buffer.from('two'));
    intake.take(ada, 'three');
    expect(heard).toEqual([]);
    expect(scheduled).toHaveLength(1);
    expect(scheduled[0]?.()).toBe(3);
    expect(heard).toEqual([
      ['ada', 'one', 0],
      ['bob', 'two', 3],
      ['ada', 'three', 3],
    ]);
    intake.take(ada, 'four');
    expect(scheduled).toHaveLength(2);
  });

  it('hands on everything when somebody is about to leave, and nothing twice', () => {
    const { heard, scheduled, intake, member } = setUp();
    intake.take(member('ada'), 'last words');
    expect(intake.flush()).toBe(1);
    expect(scheduled[0]?.()).toBe(0);
    expect(heard).toHaveLength(1);
  });

  it('takes what is said while it hands on', () => {
    const { heard, scheduled, intake, member } = setUp();
    const ada = member('ada');
    intake.take({ ...ada, receive: () => intake.take(ada, 'answer') }, 'question');
    expect(scheduled[0]?.()).toBe(1);
    expect(heard).toEqual([]);
    expect(scheduled[1]?.()).toBe(1);
    expect(heard).toEqual([['ada', 'answer', 0]]);
  });

  it('says of each message how long it has time, if it has any', () => {
    const { scheduled, allowed, intake, member, setTime } = setUp(90);
    intake.take(member('ada'), 'one');
    setTime(50);
    intake.take(member('bob'), 'two');
    setTime(89.5);
    intake.take(member('ada'), 'three');
    expect(allowed).toEqual([90, 90]);
    scheduled[0]?.();
    setTime(95);
    intake.take(member('ada'), 'four');
    expect(allowed).toEqual([90, 90, 185]);
    const quiet = setUp();
    quiet.intake.take(member('ada'), 'five');
    expect(quiet.allowed).toEqual([]);
  });

  it('[P9] holds no more than so many messages or bytes', () => {
    const { heard, intake, member } = setUp();
    const ada = member('ada');
    for (let message = 0; message < 999; message++) intake.take(ada, 'x');
    expect(heard).toHaveLength(0);
    intake.take(ada, 'x');
    expect(heard).toHaveLength(1_000);
    intake.take(ada, Buffer.alloc(1024 * 1024 - 1));
    expect(heard).toHaveLength(1_000);
    intake.take(ada, 'x');
    expect(heard).toHaveLength(1_002);
  });
});
