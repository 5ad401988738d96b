import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

export type TypistsOrder =
  | { do: 'open'; url: string; token: string; count: number }
  | { do: 'type'; everyMs: number }
  | { do: 'stop' }
  | { do: 'fill'; url: string; token: string; text: string };

/** When each typist typed each unit so far, Unix ms; empty unless they were stopped. */
export interface TypistsAnswer {
  typedAt: number[][];
}

export interface Typists {
  pid: number;
  tell(order: TypistsOrder): Promise<TypistsAnswer>;
  close(): void;
}

/** Niceness of their process: about a tenth of the page's share if both want the processor. */
const TYPISTS_PRIORITY = 10;

/** A process of people who type. */
export function startTypists(): Typists {
  const child = fork(fileURLToPath(new URL('typists-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  // They would sit at machines of their own: on this one they take what the page leaves.
  if (child.pid !== undefined) setPriority(child.pid, TYPISTS_PRIORITY);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process of the typists has ended.');
  });
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    async tell(order) {
      const answer = once(child, 'message');
      child.send(order);
      const [said] = (await Promise.race([answer, ended])) as [TypistsAnswer];
      return said;
    },
    close: () => child.disconnect(),
  };
}
