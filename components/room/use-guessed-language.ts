import { useEffect, useRef } from 'react';
import type { RoomClient, RoomView } from '../../lib/client/index.ts';
import { knownLanguages } from '../editor/language-catalogue.ts';
import { DEFAULT_LANGUAGE, hasEnding, languageOfTitle } from '../editor/language-guess.ts';

/**
 * A title such as `notes.py` says what the text is written in. Only while nobody chose: the language is still the
 * default. The title that a room is opened with says nothing new.
 */
export function useGuessedLanguage(client: RoomClient | null, view: RoomView): void {
  const { title, language, canEdit } = view;
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (client === null) return;
    const was = before.current;
    before.current = title;
    if (was === null || was === title || !canEdit || !hasEnding(title)) return;
    if (language !== '' && language !== DEFAULT_LANGUAGE) return;
    knownLanguages().then(
      (known) => {
        const guess = languageOfTitle(title, known);
        const now = client.view();
        if (guess === null || guess === DEFAULT_LANGUAGE || now.title !== title || now.language !== language) return;
        client.setLanguage(guess);
      },
      () => {
        // Offline: the text stays what it is until the title changes again.
      },
    );
  }, [client, title, language, canEdit]);
}
