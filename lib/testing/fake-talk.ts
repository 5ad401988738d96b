import type { ChatMessage, ClientMessage, Comment, ServerMessage, Thread } from '../protocol/index.ts';

interface Answer {
  frame: ServerMessage & { t: 'chat' | 'thread' | 'error' };
  /** Everybody hears of it; otherwise its sender alone. */
  isNew: boolean;
}

/** What people say in a fake room. Passages stay where they were; `refuse` makes the next message one that cannot be taken. */
export class FakeTalk {
  readonly chat: ChatMessage[] = [];
  readonly threads = new Map<string, Thread>();
  /** The next message is answered with this error: for good, or for the given ms. */
  refuse: { retryMs?: number } | null = null;

  counts(): { chat?: number; threads?: number } {
    const { length } = this.chat;
    const { size } = this.threads;
    return { ...(length > 0 && { chat: length }), ...(size > 0 && { threads: size }) };
  }

  take(author: number, message: ClientMessage & { t: 'chat' | 'comment' }, rev: number): Answer {
    const { id } = message;
    if (this.refuse) {
      const frame = { t: 'error', code: 'bad-passage', message: 'No such passage.', id, ...this.refuse } as const;
      this.refuse = null;
      return { frame, isNew: false };
    }
    return message.t === 'chat' ? this.#chat(author, message, rev) : this.#comment(author, message, rev);
  }

  #chat(author: number, { id, text }: ClientMessage & { t: 'chat' }, rev: number): Answer {
    const known = this.chat.find((one) => one.id === id);
    if (known) return { frame: { t: 'chat', rev, message: known }, isNew: false };
    const message = { n: this.chat.length + 1, ...said(author, id, text) };
    this.chat.push(message);
    return { frame: { t: 'chat', rev, message }, isNew: true };
  }

  #comment(author: number, { id, thread: name, act }: ClientMessage & { t: 'comment' }, rev: number): Answer {
    const known = this.threads.get(name);
    const after = changed(known ?? null, author, id, name, act);
    if (after) this.threads.set(name, after);
    else this.threads.delete(name);
    const gone = { from: 0, to: 0, text: '', gone: null };
    const thread: Thread = after ?? { id: name, anchor: gone, resolved: null, comments: [], ended: true };
    return { frame: { t: 'thread', rev, thread }, isNew: after !== known };
  }
}

function changed(
  known: Thread | null,
  author: number,
  id: string,
  name: string,
  act: (ClientMessage & { t: 'comment' })['act'],
): Thread | null {
  if (act.kind === 'open') {
    const anchor = { from: act.from, to: act.to, text: '', gone: null };
    return known ?? { id: name, anchor, resolved: null, comments: [said(author, id, act.text)] };
  }
  if (!known) return null;
  const { comments } = known;
  const isThere = comments.some((one) => one.id === id);
  switch (act.kind) {
    case 'reply':
      return isThere ? known : { ...known, comments: [...comments, said(author, id, act.text)] };
    case 'change':
      if (comments.find((one) => one.id === id)?.author !== author) return known;
      return { ...known, comments: comments.map((one) => (one.id === id ? { ...one, text: act.text } : one)) };
    case 'delete':
      if (comments.find((one) => one.id === id)?.author !== author) return known;
      if (comments[0]?.id === id) return null;
      return { ...known, comments: comments.filter((one) => one.id !== id) };
    case 'resolve':
      return { ...known, resolved: known.resolved ?? { author, name: 'Somebody', at: 0 } };
    case 'reopen':
      return { ...known, resolved: null };
  }
}

function said(author: number, id: string, text: string): Comment {
  return { id, author, name: 'Somebody', color: 1, at: 0, text };
}
