import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { marginAt, type MarginPlace } from './margin.ts';

/**
 * The margin beside a place of the text, kept up to date while the text and the window change; null while there is no such
 * place. `name`: of the extension that watches the editor; `where`: asked in its measure phase.
 */
export function useMargin(
  { editor, extend }: RoomTools,
  name: string,
  where: (view: EditorView) => number | null,
): MarginPlace | null {
  const [place, setPlace] = useState<MarginPlace | null>(null);
  const latest = useRef(where);
  const [request] = useState(() => ({
    key: name,
    read(view: EditorView) {
      const position = latest.current(view);
      return position === null ? null : marginAt(view, position);
    },
    write: (next: MarginPlace | null) => setPlace((now) => (isSame(now, next) ? now : next)),
  }));
  useEffect(() => {
    extend(
      name,
      EditorView.updateListener.of(({ view }) => view.requestMeasure(request)),
    );
    return () => extend(name, null);
  }, [extend, name, request]);
  useEffect(() => {
    latest.current = where;
    editor()?.requestMeasure(request);
  }, [editor, request, where]);
  return place;
}

function isSame(a: MarginPlace | null, b: MarginPlace | null): boolean {
  return a === b || (a !== null && b !== null && a.left === b.left && a.top === b.top && a.width === b.width);
}
