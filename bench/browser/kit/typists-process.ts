import { pause } from '../../../e2e/harness/index.ts';
import { openRobot, type Robot } from '../../../e2e/harness/robot.ts';
import { LINE_OF } from './typed-lines.ts';
import type { TypistsOrder, TypistsAnswer } from './typists.ts';

/**
 * People who type in one room, each the real client with a socket of its own, in a process of their own, so that their work is not
 * the page's. Takes `TypistsOrder`s from its parent and answers each.
 */
interface Typist {
  robot: Robot;
  /** End of its line, in the coordinates of its text. */
  at: number;
  /** When each unit was typed, Unix ms. */
  typedAt: number[];
}

const SENTENCE = 'and then we talked about the plan for the next week while ';

const typists: Typist[] = [];
let typing = false;

function open(order: TypistsOrder & { do: 'open' }, index: number): Typist {
  const robot = openRobot({ url: order.url, token: order.token, from: `10.1.0.${index}`, name: `Typist ${index}` });
  const typist: Typist = { robot, at: -1, typedAt: [] };
  robot.client.onChange(({ op }) => {
    let position = 0;
    let at = typist.at;
    for (const part of op) {
      if (typeof part === 'string') {
        if (position < at) at += part.length;
        position += part.length;
      } else if (part > 0) position += part;
      else if (position < at) at = Math.max(position, at + part);
    }
    typist.at = at;
  });
  return typist;
}

function type(typist: Typist): void {
  const letter = SENTENCE.charAt(typist.typedAt.length % SENTENCE.length);
  typist.typedAt.push(Date.now());
  typist.robot.edit([typist.at, letter]);
  typist.at += 1;
}

/** One letter each `everyMs`, a little sooner or later each time, as people do. */
async function typeOn(typist: Typist, index: number, everyMs: number): Promise<void> {
  await pause((index / typists.length) * everyMs);
  let due = performance.now();
  while (typing) {
    type(typist);
    due += everyMs * (0.6 + 0.8 * Math.random());
    await pause(Math.max(0, due - performance.now()));
  }
}

let phases: Promise<void>[] = [];

async function obey(order: TypistsOrder): Promise<TypistsAnswer> {
  switch (order.do) {
    case 'open':
      for (let index = 0; index < order.count; index++) typists.push(open(order, index));
      await Promise.all(typists.map(({ robot }) => robot.settled(60_000)));
      for (const [index, typist] of typists.entries()) {
        const text = typist.robot.text();
        typist.at = text.indexOf('\n', text.indexOf(`${LINE_OF}${index}:`));
      }
      return { typedAt: [] };
    case 'type':
      typing = true;
      phases = typists.map((typist, index) => typeOn(typist, index, order.everyMs));
      return { typedAt: [] };
    case 'stop':
      typing = false;
      await Promise.all(phases);
      await Promise.all(typists.map(({ robot }) => robot.settled(60_000)));
      return { typedAt: typists.map(({ typedAt }) => typedAt) };
    case 'fill':
      return fill(order);
  }
}

/** Writes a text that is too long for REST into an empty room. */
async function fill({ url, token, text }: TypistsOrder & { do: 'fill' }): Promise<TypistsAnswer> {
  const robot = openRobot({ url, token });
  await robot.settled();
  robot.edit([text]);
  await robot.settled(60_000);
  robot.close();
  return { typedAt: [] };
}

process.on('message', (order: TypistsOrder) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
