import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { asIfElsewhere } from './elsewhere.ts';

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

/** A process of people who type. */
export function startTypists(): Typists {
  const child = fork(fileURLToPath(new URL('typists-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  if (child.pid !== undefined) asIfElsewhere(child.pid);
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
