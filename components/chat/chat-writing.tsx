'use client';

import { useSyncExternalStore } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { chatStrings } from './chat-strings.ts';
import type { Writers } from './writers.ts';

/** Who writes to the room just now. It has its line whether anybody does or not, so that nothing jumps. */
export function ChatWriting({ writers, people }: { writers: Writers; people: RoomView['people'] }) {
  const authors = useSyncExternalStore(writers.subscribe, writers.get, writers.get);
  const names = authors.flatMap((author) => people.find((person) => person.author === author)?.name ?? []);
  return (
    <p data-testid="writing" className="h-5 flex-none truncate px-4 text-xs text-ink-3">
      {wordsOf(names)}
    </p>
  );
}

function wordsOf([first, second, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  if (second === undefined) return chatStrings.writing.one(first);
  return others.length === 0 ? chatStrings.writing.two(first, second) : chatStrings.writing.more(others.length + 2);
}
