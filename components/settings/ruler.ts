import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Columns right of the ruler that the text has room for, so that it stands inside of the text's column. */
const BEHIND = 2;

/**
 * A hairline after `column` letters. Exact where every letter is as wide as another; elsewhere at the width of an average
 * one. The text's column becomes as wide as it asks.
 */
export function ruler(column: number): Extension {
  const place = ViewPlugin.define((view) => {
    const { documentElement } = document;
    const area = view.dom.closest<HTMLElement>('.tandem-text');
    const measure = {
      read: () => view.defaultCharacterWidth,
      write: (width: number) => {
        if (area === null) return;
        area.style.setProperty('--ruler', `${column * width}px`);
        const wide = (column + BEHIND) * width;
        const usual = parseFloat(getComputedStyle(documentElement).fontSize) * USUAL_REM;
        if (wide > usual) area.style.setProperty('--measure', `${wide}px`);
        else area.style.removeProperty('--measure');
      },
    };
    view.requestMeasure(measure);
    return {
      update: (update: ViewUpdate) => {
        if (update.geometryChanged) view.requestMeasure(measure);
      },
      destroy: () => {
        area?.style.removeProperty('--ruler');
        area?.style.removeProperty('--measure');
      },
    };
  });
  return [place, look];
}

/** `--measure` of tokens.css. */
const USUAL_REM = 44;

const look = EditorView.theme({
  '.cm-content': { position: 'relative' },
  '.cm-content::before': {
    content: '""',
    position: 'absolute',
    insetBlock: '0',
    insetInlineStart: 'calc(var(--margin) + var(--ruler))',
    width: '1px',
    background: 'var(--line)',
    pointerEvents: 'none',
  },
});
