'use client';

import { useSyncExternalStore } from 'react';
import { strings } from '../strings.ts';
import { isMac } from '../ui/is-mac.ts';
import type { ValueStore } from '../ui/value-store.ts';
import { LanguageButton } from './language-button.tsx';
import { DIALOGS } from './parts.ts';
import type { Surfaces } from './surfaces.ts';
import type { TextFacts } from './text-facts.ts';

export interface FooterProps {
  facts: ValueStore<TextFacts>;
  language: string;
  canEdit: boolean;
  onLanguage: (name: string) => void;
  /** Opens a dialog. */
  show: (change: Partial<Surfaces>) => void;
}

const BUTTON = '-mx-1.5 rounded-xs px-1.5 py-0.5 hover:bg-hover hover:text-ink';

/** Language, counts, line and column, and the palette's key; phones have no room for it. */
export function Footer({ facts, language, canEdit, onLanguage, show }: FooterProps) {
  const { text, selected, line, column } = useSyncExternalStore(facts.subscribe, facts.get, facts.get);
  const t = strings.footer;
  return (
    <footer className="flex h-8 items-center gap-4 px-4 text-xs text-ink-3 max-tablet:hidden">
      <LanguageButton language={language} canEdit={canEdit} onLanguage={onLanguage} />
      <span>
        {selected === null
          ? text !== null && t.counts(text.words, text.characters)
          : t.selected(selected.words, selected.characters)}
      </span>
      <span className="flex-1" />
      <button type="button" title={t.goToLine} className={BUTTON} onClick={() => show({ dialog: 'goToLine' })}>
        {t.position(line, column)}
      </button>
      <button
        type="button"
        aria-label={t.palette}
        onPointerEnter={() => void DIALOGS.palette?.fetch().catch(() => undefined)}
        className={`${BUTTON} bg-sunken font-mono text-2xs`}
        onClick={() => show({ dialog: 'palette' })}
      >
        {useMac() ? '⌘ K' : 'Ctrl K'}
      </button>
    </footer>
  );
}

const never = () => () => undefined;

/** False until the page runs: the server does not know. */
function useMac(): boolean {
  return useSyncExternalStore(never, isMac, () => false);
}
