'use client';

import { strings } from '../strings.ts';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import type { LanguageListProps } from './language-list.tsx';

const list = lazyLayer<LanguageListProps>(() => import('./language-list.tsx').then((file) => file.LanguageList));

interface LanguageButtonProps extends LanguageListProps {
  canEdit: boolean;
  className?: string;
}

/** What the text is written in; a press opens the list. */
export function LanguageButton({
  language,
  canEdit,
  onLanguage,
  className = '-mx-1.5 rounded-xs px-1.5 py-0.5',
}: LanguageButtonProps) {
  const layer = useLayer(list);
  if (!canEdit) return <span>{language}</span>;
  return (
    <>
      <button
        ref={layer.ref}
        type="button"
        title={strings.footer.language}
        aria-label={`${strings.footer.language}: ${language}`}
        {...layer.props}
        onClick={layer.toggle}
        className={`hover:bg-hover hover:text-ink ${className}`}
      >
        {language}
      </button>
      {layer.render({ language, onLanguage })}
    </>
  );
}
