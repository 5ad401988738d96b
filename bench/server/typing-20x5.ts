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
      ms: 1_600,
      rounds: 5,
      // So long, because what runs once in a beat is compiled late; and after it each room is between two revisions at which it tells its hash.
      leadInMs: 32_000,
      cpu: {
        goal: 1,
        must: 1.3,
        obstacle:
          'Reading a message takes as long as in the broadcast, over half of all that it does. The five writes of an edit (its author hears of it too) become four where edits share a frame, as many as it has, and all of checking, ordering and keeping comes on top (docs/decisions/server-speed.md).',
      },
    }),
};
