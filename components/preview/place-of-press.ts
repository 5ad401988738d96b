import type { EditorView } from '@codemirror/view';
import type { BlockPage } from './block-page.ts';

/** A press in the preview: the line of the rendered text that it means, and the word that was pressed. */
export interface PressedPlace {
  line: number;
  word: string;
}

export function placeOfPress(page: BlockPage, target: EventTarget | null, word: string): PressedPlace | null {
  if (!(target instanceof Element)) return null;
  const place = page.places().find(({ element }) => element.contains(target));
  if (place === undefined) return null;
  const inner = target.closest<HTMLElement>('[data-l]');
  const offset = inner !== null && place.element.contains(inner) ? Number(inner.dataset['l']) : 0;
  return { line: place.from + offset, word: word.trim() };
}

/** Puts the caret before the pressed word near `position`, or there if the word stands elsewhere, and shows it. */
export function caretTo(view: EditorView, position: number, word: string): void {
  const { doc } = view.state;
  const first = doc.lineAt(Math.min(position, doc.length));
  // A paragraph may go on over a few lines.
  const near = doc.sliceString(first.from, Math.min(doc.length, first.to + 2_000));
  const found = word === '' ? -1 : near.indexOf(word);
  view.dispatch({ selection: { anchor: first.from + Math.max(0, found) }, scrollIntoView: true });
  view.focus();
}
