'use client';

import { useEffect, useRef } from 'react';
import { LineQuote } from '../chat/line-quote.tsx';
import { NoteField } from '../chat/note-field.tsx';
import { Button } from '../ui/button.tsx';
import type { CommentStore } from './comment-store.ts';
import { commentsStrings } from './comments-strings.ts';

export interface CommentDraftProps {
  draft: { quote: string; text: string };
  store: CommentStore;
  /** Beside its passage, whose words then need not be said again. */
  inMargin: boolean;
  /** It is over: back to the text. */
  onDone: () => void;
}

/** A comment that is being written. */
export function CommentDraft({ draft, store, inMargin, onDone }: CommentDraftProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const send = () => {
    if (draft.text.trim() === '') return;
    store.sendDraft();
    onDone();
  };
  const cancel = () => {
    store.cancelDraft();
    onDone();
  };
  return (
    <article
      ref={card}
      aria-label={commentsStrings.draft(draft.quote)}
      className={`grid gap-2 rounded-md bg-raised p-3 text-md leading-normal ${inMargin ? 'shadow-2' : 'ring-2 ring-brass-fill'}`}
    >
      {!inMargin && <LineQuote text={draft.quote} gone={false} />}
      <NoteField
        autoFocus
        label={commentsStrings.field}
        value={draft.text}
        onChange={(text) => store.writeDraft(text)}
        onSend={send}
        onCancel={cancel}
      />
      <div className="flex flex-wrap gap-2">
        <Button small look="primary" disabled={draft.text.trim() === ''} onClick={send}>
          {commentsStrings.send}
        </Button>
        <Button small look="quiet" onClick={cancel}>
          {commentsStrings.cancel}
        </Button>
      </div>
    </article>
  );
}
