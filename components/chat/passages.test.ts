import { EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { passages } from './passages.ts';

function scene(doc: string, from: number, to: number) {
  const where = passages(() => new Map([['a', { from, to }]]));
  let state = EditorState.create({ doc, extensions: where.field });
  const dispatch = (spec: TransactionSpec) => {
    state = state.update(spec).state;
  };
  const view = { dispatch } as unknown as EditorView;
  const text = () => {
    const place = where.of(state).get('a');
    return place === undefined ? null : state.sliceDoc(place.from, place.to);
  };
  return { where, view, dispatch, text, state: () => state };
}

describe('passages', () => {
  it('stay on their words while the text before, in and behind them changes', () => {
    const { dispatch, text } = scene('One two three', 4, 7);
    dispatch({ changes: { from: 0, to: 3, insert: 'Something else altogether' } });
    expect(text()).toBe('two');
    dispatch({ changes: { from: 27, insert: '-' } });
    expect(text()).toBe('t-wo');
    dispatch({ changes: { from: 31, to: 36 } });
    expect(text()).toBe('t-wo');
  });

  it('what is typed right before or behind them stays outside', () => {
    const { dispatch, text } = scene('One two three', 4, 7);
    dispatch({ changes: { from: 4, insert: 'new ' } });
    dispatch({ changes: { from: 11, insert: '!' } });
    expect(text()).toBe('two');
  });

  it('are empty where all of them was deleted, whatever was put there instead', () => {
    const { where, dispatch, state } = scene('One two three', 4, 7);
    dispatch({ changes: { from: 3, to: 8, insert: 'xyz' } });
    const place = where.of(state()).get('a');
    expect(place?.from).toBe(place?.to);
  });

  it('are put elsewhere and taken away, never beyond the text', () => {
    const { where, view, text, state } = scene('One two three', 4, 7);
    where.set(view, new Map([['a', { from: 8, to: 99 }]]));
    expect(text()).toBe('three');
    const before = state();
    where.set(view, new Map([['a', null]]));
    expect(where.of(state()).size).toBe(0);
    expect(where.moved(before, state())).toBe(true);
    expect(where.moved(before, before)).toBe(false);
  });
});
