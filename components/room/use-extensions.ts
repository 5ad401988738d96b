import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { useCallback, useMemo, useRef } from 'react';
import { reconfigureExtras } from '../editor/extras.ts';

/** Extensions that parts of the page put into the editor while it lives; a new editor gets them too. */
export function useExtensions(editor: () => EditorView | null): {
  extend: (name: string, extension: Extension | null) => void;
  /** Those that a new editor begins with. */
  extensions: () => readonly Extension[];
} {
  const known = useRef(new Map<string, Extension>());
  const extensions = useCallback(() => [...known.current.values()], []);
  const extend = useCallback(
    (name: string, extension: Extension | null) => {
      if (extension !== null) known.current.set(name, extension);
      else if (!known.current.delete(name)) return;
      editor()?.dispatch({ effects: reconfigureExtras(extensions()) });
    },
    [editor, extensions],
  );
  return useMemo(() => ({ extend, extensions }), [extend, extensions]);
}
