import { type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** The first letter decides, as in `unicode-bidi: plaintext`, which is how the page draws such a line before this is here. */
const RIGHT_TO_LEFT =
  /^\P{L}*(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** Units of a line that are looked at: no line begins with more that are no letters. */
const MOST_UNITS = 200;

/** Does this line of prose run from right to left? */
export function runsRightToLeft(line: string): boolean {
  return RIGHT_TO_LEFT.test(line.slice(0, MOST_UNITS));
}

const rightToLeft = Decoration.line({ attributes: { dir: 'rtl' } });

/** Each line of prose runs as its first letter does: margins and marks at its beginning, carets and arrow keys along it. */
export const lineDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.define(
    (view) => ({
      lines: linesIn(view.state, view.visibleRanges),
      update({ docChanged, viewportChanged, view: now }: ViewUpdate) {
        if (docChanged || viewportChanged) this.lines = linesIn(now.state, now.visibleRanges);
      },
    }),
    { decorations: ({ lines }) => lines },
  ),
];

function linesIn({ doc }: EditorState, visible: readonly { from: number; to: number }[]): DecorationSet {
  const found = new Set<number>();
  for (const { from, to } of visible) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at);
      if (runsRightToLeft(line.text)) found.add(line.from);
      at = line.to + 1;
    }
  }
  return Decoration.set([...found].map((at) => rightToLeft.range(at)));
}
