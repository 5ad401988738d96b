'use client';

import { useState } from 'react';
import { rememberUnsent, unsentIn } from './unsent.ts';

/** Words that are being written in one place of a room: as `useState`, but they outlive the tab. Empty ones are forgotten. */
export function useUnsent(token: string, place: string): [string, (words: string) => void] {
  const [words, setWords] = useState(() => unsentIn(token)[place] ?? '');
  const write = (next: string) => {
    setWords(next);
    rememberUnsent(token, place, next);
  };
  return [words, write];
}
