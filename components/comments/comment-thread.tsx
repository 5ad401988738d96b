'use client';

import { Check } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { quote } from '../chat/quote-selection.ts';
import { LineQuote } from '../chat/line-quote.tsx';
import { momentOf } from '../chat/moment.ts';
import { NoteField } from '../chat/note-field.tsx';
import { useUnsent } from '../chat/use-unsent.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { Button } from '../ui/button.tsx';
import { CommentRow } from './comment-row.tsx';
import { mayComment } from './comments-of.ts';
import type { CommentStore } from './comment-store.ts';
import { commentsStrings } from './comments-strings.ts';
import type { ShownThread } from './expected-threads.ts';

export interface CommentThreadProps {
  thread: ShownThread;
  store: CommentStore;
  tools: RoomTools;
  now: number;
  isFocused: boolean;
  /** Beside its passage, whose words then need not be said again. */
  inMargin: boolean;
  /** As in `CommentsView`. */
  keyboard: number;
  /** Goes to the passage and looks at the thread. */
  onPress: () => void;
}

/** One passage and all that was said about it. */
export function CommentThread(props: CommentThreadProps) {
  const { thread, store, tools, now, isFocused, inMargin, keyboard, onPress } = props;
  const card = useRef<HTMLElement>(null);
  useFocusOn(card, isFocused, keyboard);
  const place = store.anchors.placeOf(thread.id);
  const isGone = thread.anchor.gone !== null || (place !== null && place.from === place.to);
  const words = wordsOf(thread, place, tools);
  const [first] = thread.comments;
  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-label={commentsStrings.thread(first?.name ?? '', words)}
      aria-current={isFocused}
      data-thread={thread.id}
      className={`relative rounded-md bg-raised p-3 text-md leading-normal ${isFocused && !inMargin ? 'ring-2 ring-brass-fill' : inMargin ? 'shadow-2' : 'shadow-1'}`}
    >
      {!inMargin && (
        <LineQuote
          text={words}
          gone={isGone && (thread.anchor.gone ?? true)}
          {...(isFocused && place && { onJump: onPress })}
        />
      )}
      {inMargin && isGone && <LineQuote text={words} gone={thread.anchor.gone ?? true} />}
      <div className="grid gap-2">
        {thread.comments.map((comment) => (
          <CommentRow
            key={comment.id}
            comment={comment}
            thread={thread}
            store={store}
            tools={tools}
            now={now}
            isOpen={isFocused}
          />
        ))}
      </div>
      {thread.resolved !== null && (
        <p className="mt-2 text-xs text-ink-3">
          {commentsStrings.resolvedBy(thread.resolved.name, momentOf(thread.resolved.at, now))}
        </p>
      )}
      {thread.refused !== null && <Refused {...thread.refused} store={store} />}
      {!isFocused && (
        // All of it can be pressed.
        <button
          type="button"
          aria-label={commentsStrings.look}
          onClick={onPress}
          className="absolute inset-0 rounded-md"
        />
      )}
      {isFocused && mayComment(tools.view) && (
        <Answer
          key={thread.id}
          thread={thread}
          store={store}
          token={tools.view.token}
          onQuote={place === null || isGone ? null : () => quote(tools, place)}
        />
      )}
    </article>
  );
}

/** What one can do with a thread: answer, resolve it or open it again, quote its passage in the chat. */
function Answer({
  thread,
  store,
  token,
  onQuote,
}: {
  thread: ShownThread;
  store: CommentStore;
  token: string;
  onQuote: (() => void) | null;
}) {
  const [text, setText] = useUnsent(token, `thread:${thread.id}`);
  const send = () => {
    if (text.trim() === '') return;
    store.reply(thread.id, text);
    setText('');
  };
  if (thread.resolved !== null) {
    return (
      <Button small className="mt-2" onClick={() => store.reopen(thread.id)}>
        {commentsStrings.reopen}
      </Button>
    );
  }
  return (
    <div className="mt-2.5 grid gap-2">
      <NoteField label={commentsStrings.reply} value={text} onChange={setText} onSend={send} />
      <div className="flex flex-wrap gap-2">
        {text.trim() !== '' && (
          <Button small look="primary" onClick={send}>
            {commentsStrings.reply}
          </Button>
        )}
        <Button small onClick={() => store.resolve(thread.id)}>
          <Check size={14} aria-hidden="true" />
          {commentsStrings.resolve}
        </Button>
        {text.trim() === '' && onQuote !== null && (
          <Button small look="quiet" onClick={onQuote}>
            {commentsStrings.quoteInChat}
          </Button>
        )}
      </div>
    </div>
  );
}

function Refused({ id, why, store }: { id: string; why: string; store: CommentStore }) {
  return (
    <div className="mt-2">
      <p className="text-xs text-danger">{why}</p>
      <Button small look="quiet" onClick={() => store.drop(id)}>
        {commentsStrings.close}
      </Button>
    </div>
  );
}

/** Brings a thread into view when it is looked at, and the keyboard to it if that is where the wish came from. */
function useFocusOn(card: RefObject<HTMLElement | null>, isFocused: boolean, keyboard: number): void {
  useEffect(() => {
    if (!isFocused) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    if (keyboard > 0) card.current?.focus({ preventScroll: true });
  }, [card, isFocused, keyboard]);
}

/** The passage as it reads here now; as it last stood, if it is gone. */
function wordsOf(thread: ShownThread, place: { from: number; to: number } | null, { editor }: RoomTools): string {
  const view = editor();
  if (thread.anchor.gone !== null || view === null || place === null || place.from === place.to)
    return thread.anchor.text;
  return view.state.sliceDoc(place.from, Math.min(place.to, place.from + MOST_WORDS));
}

/** Units of a passage that are worth repeating beside it. */
const MOST_WORDS = 500;
