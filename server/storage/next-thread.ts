import type { StoredThread, ThreadAct } from './notes.ts';

/** A thread without its place, which has rows of its own. */
export type ThreadBody = Pick<StoredThread, 'resolved' | 'comments'>;

/**
 * What an act makes of a thread; null: there is none. The same object if nothing changes: the act came before, or the comment
 * that it is about is gone. The first comment that is deleted takes the thread with it.
 */
export function nextThread(thread: ThreadBody | null, act: ThreadAct): ThreadBody | null {
  if (act.kind === 'open') return thread ?? { resolved: null, comments: [act.comment] };
  if (!thread) return null;
  const { resolved, comments } = thread;
  switch (act.kind) {
    case 'reply':
      if (comments.some(({ id }) => id === act.comment.id)) return thread;
      return { resolved, comments: [...comments, act.comment] };
    case 'change': {
      const known = comments.find(({ id }) => id === act.id);
      if (!known || known.text === act.text) return thread;
      const changed = { ...known, text: act.text, changedAt: act.at };
      return { resolved, comments: comments.map((one) => (one === known ? changed : one)) };
    }
    case 'delete': {
      if (comments[0]?.id === act.id) return null;
      const left = comments.filter(({ id }) => id !== act.id);
      return left.length === comments.length ? thread : { resolved, comments: left };
    }
    case 'resolve':
      return resolved ? thread : { resolved: act.by, comments };
    case 'reopen':
      return resolved ? { resolved: null, comments } : thread;
  }
}
