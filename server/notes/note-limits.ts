import type { ServerLimits } from '../limits.ts';

export type NoteLimits = Pick<
  ServerLimits,
  | 'chatKept'
  | 'quotesFollowed'
  | 'threads'
  | 'commentsPerThread'
  | 'commentUnits'
  | 'notesWaiting'
  | 'historyPage'
  | 'lateEdit'
>;
