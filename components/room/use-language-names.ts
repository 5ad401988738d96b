import { useEffect, useState } from 'react';
import { knownLanguages } from '../editor/language-catalogue.ts';
import { DEFAULT_LANGUAGE, PLAIN_TEXT } from '../editor/language-guess.ts';

/** Markdown and plain text are known at once; the others come with the catalogue. */
export function useLanguageNames(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([DEFAULT_LANGUAGE, PLAIN_TEXT]);
  useEffect(() => {
    let wanted = true;
    knownLanguages().then(
      (all) => {
        if (!wanted) return;
        const others = all.map((one) => one.name).filter((name) => name !== DEFAULT_LANGUAGE);
        setNames([DEFAULT_LANGUAGE, PLAIN_TEXT, ...others.sort((a, b) => a.localeCompare(b))]);
      },
      () => {
        // Without a network the two that are here remain to choose from.
      },
    );
    return () => {
      wanted = false;
    };
  }, []);
  return names;
}
