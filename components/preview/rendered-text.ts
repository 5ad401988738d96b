import { ChangeSet, type Text } from '@codemirror/state';

/** What the preview shows is a little older than the text: finds its places in the text as it is now. */
export interface RenderedText {
  /** The text was changed. */
  changed: (changes: ChangeSet) => void;
  /** This text is being rendered. */
  asked: (doc: Text) => void;
  /** What was asked for last is shown. */
  shown: () => void;
  /** Where a line of what is shown (from 0) begins now; null if nothing is shown or the line is not there. */
  startOf: (line: number) => number | null;
}

export function renderedText(): RenderedText {
  let asked: { doc: Text; since: ChangeSet } | null = null;
  let shown: { doc: Text; since: ChangeSet } | null = null;
  return {
    changed(changes) {
      if (asked !== null) asked.since = asked.since.compose(changes);
      // One that was shown goes on by itself.
      if (shown !== null && shown !== asked) shown.since = shown.since.compose(changes);
    },
    asked(doc) {
      asked = { doc, since: ChangeSet.empty(doc.length) };
    },
    shown() {
      shown = asked;
    },
    startOf(line) {
      if (shown === null || line < 0 || line >= shown.doc.lines) return null;
      return shown.since.mapPos(shown.doc.line(line + 1).from, 1);
    },
  };
}
