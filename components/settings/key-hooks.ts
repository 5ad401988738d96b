/** What keys from another editor ask of the page. */
export interface KeyHooks {
  /** `:w`, Ctrl+X Ctrl+S: says how the text fares. */
  onSave: () => void;
  /** `Alt+X` of Emacs. */
  onCommandLine: () => void;
  /** What the keys do now, to be shown; null: as always. */
  onMode: (mode: KeyMode) => void;
}

export type KeyMode = 'normal' | 'insert' | 'replace' | 'visual' | 'visualLine' | 'visualBlock' | 'emacs';
