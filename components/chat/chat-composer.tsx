'use client';

import { ArrowUp, TextQuote, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { IconButton, Button } from '../ui/button.tsx';
import { DRAFT, type Chat } from './chat-of.ts';
import { chatStrings } from './chat-strings.ts';
import { LineQuote } from './line-quote.tsx';
import { NoteField } from './note-field.tsx';
import { quoteSelection } from './quote-selection.ts';

/** Where one writes to the room; or why one cannot. */
export function ChatComposer({ chat, tools, onSaid }: { chat: Chat; tools: RoomTools; onSaid: () => void }) {
  const { store, draft, writers } = chat;
  const { view } = tools;
  const { text, quote } = useSyncExternalStore(draft.subscribe, draft.get, draft.get);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (quote !== null) field.current?.focus();
  }, [quote]);
  if (view.role === 'view') return <Sentence>{chatStrings.readOnly}</Sentence>;
  if (view.status.kind === 'lost') return <Sentence>{chatStrings.lost}</Sentence>;
  if (view.locked) return <Sentence>{chatStrings.locked}</Sentence>;
  const unquote = () => {
    store.anchors.remove(DRAFT);
    draft.set({ ...draft.get(), quote: null });
    field.current?.focus();
  };
  const write = (value: string) => {
    draft.set({ ...draft.get(), text: value });
    if (value !== '') writers.typed();
  };
  const send = () => {
    if (text.trim() === '') return;
    const place = quote === null ? null : store.anchors.placeOf(DRAFT);
    store.say(text, place === null || quote === null ? null : { place, text: quote });
    store.anchors.remove(DRAFT);
    draft.set({ text: '', quote: null });
    writers.sent();
    field.current?.focus();
    onSaid();
  };
  return (
    <div className="grid flex-none gap-1.5 p-2 pt-0 max-tablet:pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      {quote !== null && (
        <div className="flex items-start gap-1 ps-2" role="group" aria-label={chatStrings.quoting}>
          <div className="min-w-0 flex-1">
            <LineQuote text={quote} gone={false} />
          </div>
          <IconButton label={chatStrings.removeQuote} onClick={unquote}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <NoteField field={field} label={chatStrings.field} value={text} onChange={write} onSend={send}>
        <IconButton label={chatStrings.send} onClick={send} disabled={text.trim() === ''} className="m-0.5">
          <ArrowUp size={16} aria-hidden="true" />
        </IconButton>
      </NoteField>
      <Button small look="quiet" className="justify-self-start" onClick={() => quoteSelection(tools)}>
        <TextQuote size={16} aria-hidden="true" />
        {chatStrings.quoteLine}
      </Button>
    </div>
  );
}

function Sentence({ children }: { children: string }) {
  return <p className="flex-none border-t border-line p-4 text-ink-2">{children}</p>;
}
