import type { Bench } from '../kit/bench.ts';
import { typingReport } from './typing-report.ts';

export const bench: Bench = {
  name: 'typing-20x5',
  title: 'Typing in 20 rooms of 5',
  about: 'Three of five write 5 characters a second each, at a place of their own in a text of 2,000 characters.',
  needsBuild: true,
  run: () =>
    typingReport({
      title: '20 rooms of 5',
      rooms: 20,
      members: 5,
      writers: 3,
      characters: 5,
      ms: 2_000,
      cpu: {
        goal: 1,
        must: 1.3,
        obstacle:
          'Five writes to sockets (its author hears of it too), one to the disk and a read take the system alone 1.0 to 1.3 times what the broadcast takes in all, and at 300 edits a second everything else runs from cold caches (docs/decisions/server-speed.md).',
      },
    }),
};
