'use client';

import {
  BookOpen,
  Command,
  Download,
  Eye,
  FileInput,
  FileOutput,
  FilePlus,
  History,
  PanelRight,
  Printer,
  Search,
  Settings,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { lastTab } from '../panel/last-tab.ts';
import { paperStrings } from '../papers/paper-strings.ts';
import { strings } from '../strings.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { applyTheme, currentTheme, type Theme } from '../ui/theme.ts';
import { usePhone } from '../ui/use-phone.ts';
import { LanguageButton } from './language-button.tsx';
import { PARTS } from './parts.ts';
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

export function MoreList({ triggerRef, onClose, ...rest }: MoreListProps & LayerBase) {
  const { preferences, onPreferences } = rest;
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const phone = usePhone();
  const rows = rowsOf(rest, phone);
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
        {rows.map((group, index) => (
          <div key={index} className="border-t border-line pt-1">
            {group.map((row) => (
              <Row key={row.words} row={row} onPress={act(row.run)} />
            ))}
          </div>
        ))}
      </div>
    </Layer>
  );
}

interface MoreRow {
  words: string;
  icon: LucideIcon;
  run: () => void;
  /** Has the page this part? Always, if it does not say. */
  there?: boolean;
  /** The bar has a button for it where there is space. */
  onPhone?: true;
  keys?: string;
}

/** What is about this text, then other rooms, then the page itself; only what is there. */
function rowsOf({ onSearch, onDownload, onNewRoom, show, canEdit }: MoreListProps, phone: boolean): MoreRow[][] {
  const t = layerStrings.more;
  const groups: MoreRow[][] = [
    [
      {
        words: strings.more.history,
        icon: History,
        run: () => show({ drawer: 'history' }),
        there: PARTS.drawers.history !== undefined,
        onPhone: true,
      },
      { words: strings.more.panel, icon: PanelRight, run: () => show({ panel: lastTab() }), onPhone: true },
      { words: t.preview, icon: Eye, run: () => show({ preview: true }), there: PARTS.preview !== null },
      { words: t.search, icon: Search, run: onSearch, keys: 'Mod+F' },
      { words: t.download, icon: Download, run: onDownload },
      { words: paperStrings.downloadAs, icon: FileOutput, run: () => show({ dialog: 'downloadAs' }) },
      { words: paperStrings.print, icon: Printer, run: () => show({ dialog: 'print' }), keys: 'Mod+P' },
      { words: paperStrings.importFile, icon: FileInput, run: () => show({ dialog: 'importFile' }), there: canEdit },
    ],
    [
      {
        words: t.rooms,
        icon: BookOpen,
        run: () => show({ dialog: 'rooms' }),
        there: PARTS.dialogs.rooms !== undefined,
      },
      { words: t.newRoom, icon: FilePlus, run: onNewRoom },
    ],
    [
      {
        words: t.settings,
        icon: Settings,
        run: () => show({ dialog: 'settings' }),
        there: PARTS.dialogs.settings !== undefined,
        keys: 'Mod+,',
      },
      {
        words: t.palette,
        icon: Command,
        run: () => show({ dialog: 'palette' }),
        there: PARTS.dialogs.palette !== undefined,
        keys: 'Mod+K',
      },
    ],
  ];
  return groups
    .map((rows) => rows.filter(({ there, onPhone }) => there !== false && (onPhone !== true || phone)))
    .filter((rows) => rows.length > 0);
}

function Row({ row: { words, icon: Icon, keys }, onPress }: { row: MoreRow; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="touch-row flex h-8 w-full items-center gap-2.5 rounded-sm px-2 text-start hover:bg-hover"
    >
      <Icon size={16} aria-hidden="true" className="text-ink-2" />
      <span className="flex-1">{words}</span>
      {keys !== undefined && (
        <span aria-hidden="true" className="max-tablet:hidden">
          <Kbd keys={keys} />
        </span>
      )}
    </button>
  );
}
