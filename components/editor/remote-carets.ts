import { Compartment, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { RemoteCaret } from '../../lib/client/index.ts';

interface Carets {
  readonly carets: readonly RemoteCaret[];
  /** Authors whose name is shown now. */
  readonly named: ReadonlySet<number>;
}

export const setCarets = StateEffect.define<{ carets: readonly RemoteCaret[]; moved: readonly number[] }>();
/** For 3 s. */
export const showNames = StateEffect.define<readonly number[]>();
export const hideNames = StateEffect.define<readonly number[]>();

/** Everybody else's carets and selections, carried along by every change until the client sends them anew. */
export const caretField = StateField.define<Carets>({
  create: () => ({ carets: [], named: new Set() }),
  update(value, transaction) {
    let { carets, named } = value;
    if (transaction.docChanged) {
      carets = carets.map((caret) => ({
        ...caret,
        ranges: caret.ranges.map(([anchor, head]) => [
          transaction.changes.mapPos(anchor, -1),
          transaction.changes.mapPos(head, -1),
        ]),
      }));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setCarets)) {
        carets = effect.value.carets;
        named = new Set([...named, ...effect.value.moved].filter((one) => carets.some(({ author }) => author === one)));
      } else if (effect.is(showNames)) named = new Set([...named, ...effect.value]);
      else if (effect.is(hideNames)) named = new Set([...named].filter((author) => !effect.value.includes(author)));
    }
    return carets === value.carets && named === value.named ? value : { carets, named };
  },
});

/** Shows `carets` from now on; the names of those who `moved` appear for 3 s. */
export function showCarets(view: EditorView, carets: readonly RemoteCaret[], moved: readonly number[]): void {
  view.dispatch({ effects: setCarets.of({ carets, moved }) });
}

/** Where caret-drawing.ts comes in, which most pages need only once somebody else is here. */
const drawing = new Compartment();

/** Knows where everybody else's carets are; nothing is drawn before `drawCarets`. */
export function remoteCarets(): Extension {
  return [caretField, drawing.of([])];
}

/** Draws what is known, with names still due, from now on. */
export function drawCarets(view: EditorView, how: Extension): void {
  view.dispatch({ effects: drawing.reconfigure(how) });
}

/** Everybody else's carets, kept inside the text: a caret may arrive a moment before the text that it stands in. */
export function caretsIn(state: EditorState): RemoteCaret[] {
  const end = state.doc.length;
  return state.field(caretField).carets.map((caret) => ({
    ...caret,
    ranges: caret.ranges.map(([anchor, head]) => [Math.min(anchor, end), Math.min(head, end)]),
  }));
}

/** Have carets moved between these two states, by themselves or with the text? */
export function haveMoved(before: EditorState, after: EditorState): boolean {
  return before.field(caretField).carets !== after.field(caretField).carets;
}

/** Shows the names at the carets of `authors` for 3 s. */
export function nameCarets(view: EditorView, authors: readonly number[]): void {
  view.dispatch({ effects: showNames.of(authors) });
}

/** Where the newest caret of any of `authors` is; null if none is known. */
export function caretOf(state: EditorState, authors: readonly number[]): number | null {
  const mine = state.field(caretField).carets.filter((caret) => authors.includes(caret.author));
  const range = mine.at(-1)?.ranges.at(-1);
  return range === undefined ? null : Math.min(range[1], state.doc.length);
}
