import type { ServerLimits } from '../limits.ts';

export type NoteLimits = Pick<
  ServerLimits,
  | 'chatKept'
  | 'quotesFollowed'
  | 'threads'
  | 'commentsPerThread'
  | 'threadUnits'
  | 'commentUnits'
  | 'notesWaiting'
  | 'historyPage'
  | 'lateEdit'
>;
