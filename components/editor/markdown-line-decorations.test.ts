import { EditorState } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { fences } from './markdown-fences.ts';
import { decorateChanged, decorateLines } from './markdown-line-decorations.ts';

const LINES = ['# Head', 'words', '- item', '- [x] done', '> quote', '```', '', '12. twelfth', '~~~~', '* * *'];

function shapes(decorations: DecorationSet): string[] {
  const found: string[] = [];
  decorations.between(0, Number.MAX_SAFE_INTEGER, (from, to, { spec }) => {
    found.push(`${from}–${to} ${JSON.stringify(spec)}`);
  });
  return found;
}

/** Those that do not overlap with one before. */
function apart<Place extends { from: number; to: number }>(places: Place[]): Place[] {
  const sorted = places.toSorted((a, b) => a.from - b.from);
  return sorted.filter(({ from }, index) => sorted.slice(0, index).every((before) => before.to < from));
}

it('has the same shapes after changes as anew, seeds 1 to 60', () => {
  let kept = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const random = seededRandom(seed);
    const text = Array.from({ length: 30 }, () => random.pick(LINES)).join('\n');
    let state = EditorState.create({ doc: text, extensions: fences });
    let decorations = decorateLines(state, [{ from: 0, to: state.doc.length }]);
    for (let step = 0; step < 20; step++) {
      const places = Array.from({ length: 1 + random.int(3) }, () => {
        const from = random.int(state.doc.length + 1);
        const to = Math.min(state.doc.length, from + random.int(3) * random.int(6));
        return { from, to, insert: random.pick(['', '\n', 'a', '- ', '# ', '\n> b\nc', '1. ']) };
      });
      const before = state;
      const transaction = before.update({ changes: apart(places) });
      state = transaction.state;
      const anew = decorateLines(state, [{ from: 0, to: state.doc.length }]);
      if (before.field(fences).searches === state.field(fences).searches) {
        kept += 1;
        decorations = decorateChanged(decorations, transaction.changes, state, { from: 0, to: state.doc.length });
        expect(shapes(decorations), `seed ${seed}, step ${step}`).toEqual(shapes(anew));
      } else decorations = anew;
    }
  }
  expect(kept).toBeGreaterThan(300);
});
