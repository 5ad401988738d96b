import type { Comment, Thread, Unanswered } from '../../lib/client/index.ts';

/** A comment as this screen shows it. */
export interface ShownComment extends Comment {
  /** Why the server does not have it so; null: it does. */
  unsent: Unanswered['state'] | null;
}

export interface ShownThread extends Omit<Thread, 'comments'> {
  comments: readonly ShownComment[];
  /** What the server would not do with the thread as a whole: the id of the message, and its reason. */
  refused: { id: string; why: string } | null;
}

/** Who speaks on this screen. */
export interface Speaker {
  author: number;
  name: string;
  color: number;
}

/**
 * The threads as they will be once everything in `waiting` is done. `quotes`: the words of passages that the server does not
 * know yet, by thread.
 */
export function expectedThreads(
  threads: ReadonlyMap<string, Thread>,
  waiting: readonly Unanswered[],
  quotes: ReadonlyMap<string, string>,
  me: Speaker,
  now: number,
): ShownThread[] {
  const shown = new Map<string, ShownThread>();
  for (const [id, thread] of threads) {
    shown.set(id, { ...thread, comments: thread.comments.map((one) => ({ ...one, unsent: null })), refused: null });
  }
  for (const { message, state } of waiting) {
    if (message.t !== 'comment') continue;
    const { id, thread: name, act } = message;
    const own = (text: string): ShownComment => ({ id, ...me, at: now, text, unsent: state });
    const known = shown.get(name);
    if (act.kind === 'open') {
      const anchor = { from: act.from, to: act.to, text: quotes.get(name) ?? '', gone: null };
      shown.set(name, known ?? { id: name, anchor, resolved: null, comments: [own(act.text)], refused: null });
      continue;
    }
    if (known === undefined) continue;
    const after = act.kind === 'reply' ? { ...known, comments: [...known.comments, own(act.text)] } : null;
    if (after !== null) shown.set(name, after);
    else if (state.kind === 'refused') shown.set(name, { ...known, refused: { id, why: state.why } });
    else {
      const next = done(known, message, me, now);
      if (next === null) shown.delete(name);
      else shown.set(name, next);
    }
  }
  return [...shown.values()];
}

type CommentMessage = Extract<Unanswered['message'], { t: 'comment' }>;

/** The thread after the act; null if it ends. */
function done(thread: ShownThread, { id, act }: CommentMessage, me: Speaker, now: number): ShownThread | null {
  const { comments } = thread;
  switch (act.kind) {
    case 'open':
    case 'reply':
      return thread;
    case 'change':
      return { ...thread, comments: comments.map((one) => (one.id === id ? { ...one, text: act.text } : one)) };
    case 'delete':
      return comments[0]?.id === id ? null : { ...thread, comments: comments.filter((one) => one.id !== id) };
    case 'resolve':
      return { ...thread, resolved: thread.resolved ?? { author: me.author, name: me.name, at: now } };
    case 'reopen':
      return { ...thread, resolved: null };
  }
}
