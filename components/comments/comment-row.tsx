'use client';

import { useState } from 'react';
import { momentOf } from '../chat/moment.ts';
import { NoteField } from '../chat/note-field.tsx';
import { SaidBy } from '../chat/said-by.tsx';
import { SaidText } from '../chat/said-text.tsx';
import { unsentOf } from '../chat/chat-row.ts';
import { UnsentWords } from '../chat/unsent-words.tsx';
import type { RoomTools } from '../room/room-tools.ts';
import { AskOnce } from '../ui/ask-once.tsx';
import { Button } from '../ui/button.tsx';
import { mayComment } from './comments-of.ts';
import type { CommentStore } from './comment-store.ts';
import { commentsStrings } from './comments-strings.ts';
import type { ShownComment, ShownThread } from './expected-threads.ts';

export interface CommentRowProps {
  comment: ShownComment;
  thread: ShownThread;
  store: CommentStore;
  tools: RoomTools;
  now: number;
  /** Its thread is looked at: then one's own can be changed. */
  isOpen: boolean;
}

/** One comment, and what its author may do with it. */
export function CommentRow({ comment, thread, store, tools, now, isOpen }: CommentRowProps) {
  const [text, setText] = useState<string | null>(null);
  const { id, name, color, at, changedAt, unsent } = comment;
  const isOwn = comment.author === tools.view.you && unsent === null;
  // The owner can take away what nobody should read.
  const mayRemove = isOwn || (tools.view.role === 'owner' && unsent === null);
  const keep = () => {
    if (text !== null && text.trim() !== '' && text !== comment.text) store.change(thread.id, id, text);
    setText(null);
  };
  return (
    <div>
      <SaidBy name={name} color={color} at={unsent === null ? at : null} when={momentOf(at, now)}>
        {changedAt !== undefined && <span className="text-xs text-ink-3">{commentsStrings.changed}</span>}
      </SaidBy>
      {text === null ? (
        <SaidText text={comment.text} />
      ) : (
        <div className="mt-1 grid gap-2">
          <NoteField
            autoFocus
            label={commentsStrings.change}
            value={text}
            onChange={setText}
            onSend={keep}
            onCancel={() => setText(null)}
          />
          <div className="flex flex-wrap gap-2">
            <Button small look="primary" disabled={text.trim() === ''} onClick={keep}>
              {commentsStrings.keep}
            </Button>
            <Button small look="quiet" onClick={() => setText(null)}>
              {commentsStrings.cancel}
            </Button>
          </div>
        </div>
      )}
      {unsent !== null && (
        <UnsentWords
          unsent={unsentOf(unsent, tools.view)}
          onRetry={() => store.retry(id)}
          onDrop={() => store.drop(id)}
        />
      )}
      {isOpen && mayRemove && text === null && thread.resolved === null && mayComment(tools.view) && (
        <div className="-ms-2.5 flex flex-wrap">
          {isOwn && (
            <Button small look="quiet" onClick={() => setText(comment.text)}>
              {commentsStrings.change}
            </Button>
          )}
          <AskOnce
            words={commentsStrings.remove}
            question={
              thread.comments[0] === comment && thread.comments.length > 1
                ? commentsStrings.removeThreadAsk
                : commentsStrings.removeAsk
            }
            choices={[{ words: commentsStrings.removeYes, run: () => store.remove(thread.id, id) }]}
          />
        </div>
      )}
    </div>
  );
}
