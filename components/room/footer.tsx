'use client';

import { useSyncExternalStore } from 'react';
import { strings } from '../strings.ts';
import type { ValueStore } from '../ui/value-store.ts';
import { LanguageButton } from './language-button.tsx';
import type { TextFacts } from './text-facts.ts';

export interface FooterProps {
  facts: ValueStore<TextFacts>;
  language: string;
  canEdit: boolean;
  onLanguage: (name: string) => void;
}

/** Language, words, line and column; phones have no room for it. */
export function Footer({ facts, language, canEdit, onLanguage }: FooterProps) {
  const { words, line, column } = useSyncExternalStore(facts.subscribe, facts.get, facts.get);
  return (
    <footer className="flex h-8 items-center gap-4 px-4 text-xs text-ink-3 max-tablet:hidden">
      <LanguageButton language={language} canEdit={canEdit} onLanguage={onLanguage} />
      <span>{strings.footer.words(words)}</span>
      <span className="flex-1" />
      <span>{strings.footer.position(line, column)}</span>
    </footer>
  );
}
