'use client';

import { Check } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import { layerStrings } from '../layer-strings.ts';
import { strings } from '../strings.ts';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { useLanguageNames } from './use-language-names.ts';

export interface LanguageListProps {
  language: string;
  onLanguage: (name: string) => void;
}

/** Every language that the editor knows, with a field that narrows the list. */
export function LanguageList({ language, onLanguage, triggerRef, onClose }: LanguageListProps & LayerBase) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [query, setQuery] = useState('');
  const names = useLanguageNames();
  return (
    <Layer
      triggerRef={triggerRef}
      onClose={onClose}
      label={strings.footer.language}
      width="264px"
      placement="top start"
    >
      <div className="p-2 max-tablet:p-4">
        <Autocomplete filter={contains} inputValue={query} onInputChange={setQuery}>
          <SearchField autoFocus aria-label={layerStrings.footer.languageSearch}>
            <Input
              placeholder={layerStrings.footer.languageSearch}
              className="touch-row h-8 w-full rounded-sm bg-raised px-2.5 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
            />
          </SearchField>
          <ListBox
            aria-label={strings.footer.language}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language]}
            onSelectionChange={(keys) => {
              const [first] = keys === 'all' ? [] : [...keys];
              if (first === undefined) return;
              onLanguage(String(first));
              onClose();
            }}
            renderEmptyState={() => <p className="px-2 py-3 text-ink-2">{layerStrings.footer.noLanguage(query)}</p>}
            className="mt-2 max-h-72 overflow-auto outline-none"
          >
            {names.map((name) => (
              <ListBoxItem
                key={name}
                id={name}
                textValue={name}
                className="touch-row flex h-8 items-center justify-between rounded-sm px-2 outline-none data-focused:bg-selected data-hovered:bg-hover"
              >
                {({ isSelected }) => (
                  <>
                    {name}
                    {isSelected && <Check size={16} aria-hidden="true" className="text-accent" />}
                  </>
                )}
              </ListBoxItem>
            ))}
          </ListBox>
        </Autocomplete>
      </div>
    </Layer>
  );
}
