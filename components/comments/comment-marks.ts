import { StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, keymap, type Command } from '@codemirror/view';
import type { Passages } from '../chat/passages.ts';

/** Which passages are marked: of open threads, and the one that is being commented on. */
export interface Marked {
  ids: ReadonlySet<string>;
  focus: string | null;
}

/** Asks for a comment on the selection; handled by `commentMarks`. Nothing happens where there is no selection. */
export const beginComment = StateEffect.define<null>();

/** A press may tremble by so many px. */
const STILL_PX = 4;

const setMarked = StateEffect.define<Marked>();

const markedField = StateField.define<Marked>({
  create: () => ({ ids: new Set(), focus: null }),
  update(marked, { effects }) {
    for (const effect of effects) if (effect.is(setMarked)) return effect.value;
    return marked;
  },
});

/** What the keys and the pointer ask for. */
export interface MarkActs {
  /** Comment on what is selected. */
  begin: () => void;
  /** Look at a thread, or at none. `byKeyboard`: the keyboard goes there too. */
  focus: (id: string | null, byKeyboard: boolean) => void;
}

/**
 * CommentMark: brass under the words that are commented on; a press, or F8 and Shift-F8, lead to what was said. `initial`: what is
 * marked when the editor gets it.
 */
export function commentMarks(passages: Passages, acts: MarkActs, initial: () => Marked): Extension {
  const marks = EditorView.decorations.compute([passages.field, markedField], (state) =>
    Decoration.set(marksOf(passages, state), true),
  );
  const step =
    (by: 1 | -1): Command =>
    ({ state }) => {
      const id = nextMark(passages, state, by);
      if (id !== null) acts.focus(id, true);
      return id !== null;
    };
  let pressed = { x: 0, y: 0 };
  const begin: Command = ({ state }) => {
    const { empty, head } = state.selection.main;
    const here = empty ? markAt(passages, state, head) : null;
    if (!empty) acts.begin();
    else if (here !== null) acts.focus(here, true);
    return !empty || here !== null;
  };
  return [
    markedField.init(initial),
    marks,
    theme,
    keymap.of([
      { key: 'F8', run: step(1), shift: step(-1) },
      { key: 'Mod-Shift-m', run: begin },
    ]),
    EditorView.domEventHandlers({
      mousedown({ clientX, clientY }) {
        pressed = { x: clientX, y: clientY };
      },
      click(event, view) {
        const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
        // Whoever selects words looks at nothing yet.
        if (moved > STILL_PX || event.detail > 1 || event.shiftKey) return acts.focus(null, false);
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        acts.focus(at === null ? null : markAt(passages, view.state, at), false);
      },
    }),
    EditorView.updateListener.of(({ transactions }) => {
      if (transactions.some(({ effects }) => effects.some((effect) => effect.is(beginComment)))) {
        // An update is no time for the next one.
        queueMicrotask(acts.begin);
      }
    }),
  ];
}

/** Tells the editor what is marked. No effect while it does not have the extension. */
export function showMarked(view: EditorView, marked: Marked): void {
  const before = view.state.field(markedField, false);
  if (before === undefined) return;
  const sameIds = before.ids.size === marked.ids.size && [...marked.ids].every((id) => before.ids.has(id));
  const isSame = before.focus === marked.focus && sameIds;
  if (!isSame) view.dispatch({ effects: setMarked.of(marked) });
}

/** The innermost marked passage at `position`, or null. */
export function markAt(passages: Passages, state: EditorState, position: number): string | null {
  let found: { id: string; length: number } | null = null;
  for (const [id, { from, to }] of marked(passages, state)) {
    if (from > position || position > to || from === to) continue;
    if (found === null || to - from < found.length) found = { id, length: to - from };
  }
  return found?.id ?? null;
}

/** The marked passage after (1) or before (-1) the one that is looked at, or the caret; round the end of the text. */
export function nextMark(passages: Passages, state: EditorState, by: 1 | -1): string | null {
  const places = marked(passages, state).toSorted(([, a], [, b]) => a.from - b.from || a.to - b.to);
  const { focus } = state.field(markedField);
  const here = places.findIndex(([id]) => id === focus);
  if (here >= 0) return places.at((here + by) % places.length)?.[0] ?? null;
  const { head } = state.selection.main;
  const next = by === 1 ? places.find(([, { from }]) => from >= head) : places.findLast(([, { from }]) => from < head);
  return (next ?? places.at(by === 1 ? 0 : -1))?.[0] ?? null;
}

function marked(passages: Passages, state: EditorState) {
  const { ids } = state.field(markedField);
  return [...passages.of(state)].filter(([id]) => ids.has(id));
}

function marksOf(passages: Passages, state: EditorState): Range<Decoration>[] {
  const { focus } = state.field(markedField);
  return marked(passages, state)
    .filter(([, { from, to }]) => from < to)
    .map(([id, { from, to }]) => markOf(id, id === focus).range(from, to));
}

function markOf(id: string, isFocused: boolean): Decoration {
  return Decoration.mark({
    class: isFocused ? 'tandem-comment tandem-comment-focused' : 'tandem-comment',
    attributes: { 'data-thread': id },
  });
}

/** Under the letters and touching none: a ground and a line. */
const theme = EditorView.theme({
  '.tandem-comment': {
    // As `--mark` on paper; a selection lies behind it, and has to be seen.
    background: 'color-mix(in oklab, var(--brass-fill) 32%, transparent)',
    borderRadius: '2px',
    boxShadow: '0 2px 0 var(--brass-fill)',
  },
  '.tandem-comment-focused': { boxShadow: '0 2px 0 var(--brass-fill), 0 3px 0 var(--brass-fill)' },
  '@media (forced-colors: active)': {
    '.tandem-comment': { textDecoration: 'underline 2px' },
  },
});
