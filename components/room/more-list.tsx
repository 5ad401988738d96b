'use client';

import { Download, FileInput, FileOutput, FilePlus, BookOpenText, Printer, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { paperStrings } from '../papers/paper-strings.ts';
import { strings } from '../strings.ts';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { applyTheme, currentTheme, type Theme } from '../ui/theme.ts';
import { usePhone } from '../ui/use-phone.ts';
import { LanguageButton } from './language-button.tsx';
import type { Preferences } from './preferences.ts';
import type { Surfaces } from './surfaces.ts';

export interface MoreListProps {
  preferences: Preferences;
  onPreferences: (change: Partial<Preferences>) => void;
  language: string;
  canEdit: boolean;
  onLanguage: (name: string) => void;
  onSearch: () => void;
  onDownload: () => void;
  onNewRoom: () => void;
  /** Opens a dialog or a drawer. */
  show: (change: Partial<Surfaces>) => void;
}

export function MoreList({ preferences, onPreferences, triggerRef, onClose, ...rest }: MoreListProps & LayerBase) {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const phone = usePhone();
  const t = layerStrings.more;
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  const act = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Layer triggerRef={triggerRef} onClose={onClose} label={strings.more.label} width="264px">
      <div className="grid gap-1 p-2 max-tablet:px-4 max-tablet:py-4">
        <Segmented
          label={t.theme}
          value={theme}
          onChange={choose}
          options={[
            { value: 'system', words: t.system },
            { value: 'light', words: t.light },
            { value: 'dark', words: t.dark },
          ]}
        />
        <div className="mt-1">
          <Switch
            words={t.lineNumbers}
            on={preferences.lineNumbers}
            onChange={(lineNumbers) => onPreferences({ lineNumbers })}
          />
          <Switch words={t.wrap} on={preferences.wrap} onChange={(wrap) => onPreferences({ wrap })} />
          {phone && (
            <div className="touch-row flex h-8 items-center justify-between px-2">
              {strings.footer.language}
              <LanguageButton
                language={rest.language}
                canEdit={rest.canEdit}
                onLanguage={rest.onLanguage}
                className="touch-row rounded-sm px-2 font-semibold"
              />
            </div>
          )}
        </div>
        <div className="border-t border-line pt-1">
          <Row icon={<Search size={16} aria-hidden="true" />} onPress={act(rest.onSearch)}>
            {t.search}
          </Row>
          <Row icon={<BookOpenText size={16} aria-hidden="true" />} onPress={act(() => rest.show({ preview: true }))}>
            {paperStrings.preview}
          </Row>
          <Row icon={<Download size={16} aria-hidden="true" />} onPress={act(rest.onDownload)}>
            {t.download}
          </Row>
          <Row
            icon={<FileOutput size={16} aria-hidden="true" />}
            onPress={act(() => rest.show({ dialog: 'downloadAs' }))}
          >
            {paperStrings.downloadAs}
          </Row>
          <Row icon={<Printer size={16} aria-hidden="true" />} onPress={act(() => rest.show({ dialog: 'print' }))}>
            {paperStrings.print}
          </Row>
          {rest.canEdit && (
            <Row
              icon={<FileInput size={16} aria-hidden="true" />}
              onPress={act(() => rest.show({ dialog: 'importFile' }))}
            >
              {paperStrings.importFile}
            </Row>
          )}
          <Row icon={<FilePlus size={16} aria-hidden="true" />} onPress={act(rest.onNewRoom)}>
            {t.newRoom}
          </Row>
        </div>
      </div>
    </Layer>
  );
}

function Row({ icon, onPress, children }: { icon: ReactNode; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="touch-row flex h-8 w-full items-center gap-2.5 rounded-sm px-2 text-start hover:bg-hover"
    >
      <span className="text-ink-2">{icon}</span>
      {children}
    </button>
  );
}
