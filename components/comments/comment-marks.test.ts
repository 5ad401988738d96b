import { EditorState, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { passages, type Place } from '../chat/passages.ts';
import { commentMarks, markAt, nextMark, showMarked } from './comment-marks.ts';

const TEXT = 'One two three four';

function scene(places: Record<string, Place>, ids: string[], caret = 0) {
  const where = passages(() => new Map(Object.entries(places)));
  const acts = { begin: () => undefined, focus: () => undefined };
  let state = EditorState.create({
    doc: TEXT,
    selection: { anchor: caret },
    extensions: [where.field, commentMarks(where, acts, () => ({ ids: new Set(), focus: null }))],
  });
  const view = {
    get state() {
      return state;
    },
    dispatch(spec: TransactionSpec) {
      state = state.update(spec).state;
    },
  } as EditorView;
  const show = (focus: string | null) => showMarked(view, { ids: new Set(ids), focus });
  show(null);
  const marks = () => {
    const found: string[] = [];
    for (const set of state.facet(EditorView.decorations)) {
      if (typeof set === 'function') continue;
      set.between(0, state.doc.length, (from, to) => void found.push(state.sliceDoc(from, to)));
    }
    return found;
  };
  return { where, view, show, marks };
}

const places = { a: { from: 4, to: 13 }, b: { from: 8, to: 13 }, c: { from: 14, to: 18 }, gone: { from: 3, to: 3 } };

describe('commentMarks', () => {
  it('marks open passages, and follows them', () => {
    const { view, marks } = scene(places, ['a', 'c', 'gone']);
    expect(marks()).toEqual(['two three', 'four']);
    view.dispatch({ changes: { from: 0, to: 4, insert: 'Much more than ' } });
    expect(marks()).toEqual(['two three', 'four']);
    view.dispatch({ changes: { from: 15, to: 24 } });
    expect(marks()).toEqual(['four']);
  });

  it('finds the innermost passage at a position', () => {
    const { where, view } = scene(places, ['a', 'b', 'gone']);
    expect(markAt(where, view.state, 5)).toBe('a');
    expect(markAt(where, view.state, 9)).toBe('b');
    expect(markAt(where, view.state, 3)).toBeNull();
    // Resolved: not marked.
    expect(markAt(where, view.state, 15)).toBeNull();
  });

  it('steps from the caret, then from what is looked at, round the ends', () => {
    const { where, view, show } = scene(places, ['a', 'b', 'c'], 6);
    expect(nextMark(where, view.state, 1)).toBe('b');
    expect(nextMark(where, view.state, -1)).toBe('a');
    show('c');
    expect(nextMark(where, view.state, 1)).toBe('a');
    expect(nextMark(where, view.state, -1)).toBe('b');
    show('a');
    expect(nextMark(where, view.state, -1)).toBe('c');
  });

  it('has nowhere to step without any', () => {
    const { where, view } = scene(places, []);
    expect(nextMark(where, view.state, 1)).toBeNull();
  });
});
