import { excerpt } from './excerpt.ts';
import { historyStrings } from './history-strings.ts';
import type { Segment } from './history-types.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** More than anybody reads before pressing a button, in UTF-16 units. */
const MOST = 4_000;

/** What would come and go, with a little around it. */
export function ExcerptView({ segments, label }: { segments: readonly Segment[]; label: string }) {
  return (
    <ScrollRegion
      role="region"
      aria-label={label}
      className="max-h-56 overflow-auto rounded-sm bg-sunken p-3 text-md leading-relaxed wrap-anywhere whitespace-pre-wrap"
    >
      {excerpt(segments, MOST).map((piece, index) => {
        switch (piece.kind) {
          case 'same':
            return (
              <span key={index} className="text-ink-2">
                {piece.text}
              </span>
            );
          case 'added':
            return (
              <ins key={index} className="bg-added">
                {piece.text}
              </ins>
            );
          case 'removed':
            return (
              <del key={index} className="bg-removed">
                {piece.text}
              </del>
            );
          case 'gap':
            return (
              <span key={index} className="block py-1 text-xs text-ink-3">
                … {historyStrings.undoDialog.skipped(piece.length)}
              </span>
            );
        }
      })}
    </ScrollRegion>
  );
}
