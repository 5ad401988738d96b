import type { Bench } from '../kit/bench.ts';
import { typingReport } from './typing-report.ts';

export const bench: Bench = {
  name: 'typing-1x50',
  title: 'Typing in a room of 50',
  about: 'Ten of fifty write 5 characters a second each. Three rounds.',
  needsBuild: true,
  run: () =>
    typingReport({
      title: 'One room of 50',
      rooms: 1,
      members: 50,
      writers: 10,
      characters: 5,
      ms: 1_000,
      rounds: 3,
    }),
};
