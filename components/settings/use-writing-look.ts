import type { EditorView } from '@codemirror/view';
import { useEffect } from 'react';
import type { Preferences } from '../room/preferences.ts';

/** Face and size of the text, as the script before the first paint set them; the editor measures anew when they are drawn. */
export function useWritingLook({ face, size }: Preferences, editor: () => EditorView | null): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['writing'] = face;
    dataset['size'] = String(size);
    const measure = () => editor()?.requestMeasure();
    measure();
    // The face may still be on its way; a line is as high as its letters are.
    document.fonts.addEventListener('loadingdone', measure);
    return () => document.fonts.removeEventListener('loadingdone', measure);
  }, [face, size, editor]);
}
