import type { Bench } from '../kit/bench.ts';
import { typingReport } from './typing-report.ts';

export const bench: Bench = {
  name: 'typing-1x200',
  title: 'Typing in a room of 200',
  about: 'Ten of two hundred write 5 characters a second each.',
  needsBuild: true,
  run: () =>
    typingReport({
      title: 'One room of 200',
      rooms: 1,
      members: 200,
      writers: 10,
      characters: 5,
      ms: 1_000,
      cpu: {
        goal: 0.6,
        must: 0.9,
        obstacle: 'Ten writers share a quarter of a frame for an edit; fewer would be seen in the latency.',
      },
      isPaced: true,
    }),
};
