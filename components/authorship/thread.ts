import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { authorField } from './author-field.ts';
import { authorsBetween } from './author-runs.ts';

const lines = new Map<number, Decoration>();
const letters = new Map<number, Decoration>();

/** AuthorThread: a thread of 3 px in the margin, in the colour of each line's main author; of the lines on the screen only. */
export function thread(): Extension {
  return [authorField, plugin(lineThreads), threadTheme];
}

/** The same as a quiet ground behind the letters, run by run. */
export function colouredText(): Extension {
  return [authorField, plugin(runGrounds), textTheme];
}

function plugin(draw: (view: EditorView) => DecorationSet): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = draw(view);
      }

      update({ view, docChanged, viewportChanged, startState, state }: ViewUpdate): void {
        if (docChanged || viewportChanged || startState.field(authorField) !== state.field(authorField)) {
          this.decorations = draw(view);
        }
      }
    },
    { decorations: (value) => value.decorations },
  );
}

function lineThreads({ state, visibleRanges }: EditorView): DecorationSet {
  const { runs, names } = state.field(authorField);
  const builder = new RangeSetBuilder<Decoration>();
  let next = 0;
  for (const { from, to } of visibleRanges) {
    for (let at = Math.max(from, next); at <= to;) {
      const line = state.doc.lineAt(at);
      const who = authorsBetween(runs, line.from, line.to);
      const known = who === null ? undefined : names.get(who.main);
      if (known !== undefined) {
        builder.add(
          line.from,
          line.from,
          of(lines, known.color, (ink) => Decoration.line({ class: `tandem-thread ${ink}` })),
        );
      }
      at = next = line.to + 1;
    }
  }
  return builder.finish();
}

function runGrounds({ state, visibleRanges }: EditorView): DecorationSet {
  const { runs, names } = state.field(authorField);
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    runs.between(from, to, (runFrom, runTo, { author }) => {
      const known = names.get(author);
      const start = Math.max(runFrom, from);
      const end = Math.min(runTo, to);
      if (known === undefined || end <= start) return;
      builder.add(
        start,
        end,
        of(letters, known.color, (ink) => Decoration.mark({ class: `tandem-written ${ink}` })),
      );
    });
  }
  return builder.finish();
}

/** One decoration for each colour, so that what stays the same is not drawn anew. */
function of(known: Map<number, Decoration>, color: number, make: (ink: string) => Decoration): Decoration {
  const before = known.get(color);
  if (before !== undefined) return before;
  const made = make(`tandem-ink-${color}`);
  known.set(color, made);
  return made;
}

const threadTheme = EditorView.baseTheme({
  '.cm-line.tandem-thread::after': {
    content: '""',
    position: 'absolute',
    insetBlock: '0',
    // On a tablet the margin is narrower than the thread would like.
    insetInlineStart: 'max(6px, calc(var(--margin) - 72px))',
    width: '3px',
    borderRadius: '2px',
    background: 'var(--a)',
  },
  '@media (max-width: 640px)': { '.cm-line.tandem-thread::after': { insetInlineStart: '0' } },
  '@media (forced-colors: active)': { '.cm-line.tandem-thread::after': { forcedColorAdjust: 'none' } },
});

const textTheme = EditorView.baseTheme({
  '.tandem-written': { background: 'color-mix(in oklab, var(--a) 8%, transparent)' },
});
