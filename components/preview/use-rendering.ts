import { EditorView } from '@codemirror/view';
import { useEffect, useState, type RefObject } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { openBlockPage, type BlockPage } from './block-page.ts';
import { openBlockRenderer } from './block-renderer.ts';
import { renderedText, type RenderedText } from './rendered-text.ts';
import { syncScroll } from './scroll-sync.ts';
import { useLook } from '../ui/use-look.ts';

/** How long after a change the text is rendered, in ms: at once for the eye, once for a burst of keys. */
const SOON_MS = 40;
/** After a long rendering its own time again passes before the next, so that a big text leaves the machine some air. */
const AIR = 1;

export type RenderState = 'rendering' | 'shown' | 'empty' | 'failed';

export interface PreviewPage {
  page: BlockPage;
  text: RenderedText;
}

/** Keeps `paper`, inside of `scroller`, as the rendered text of the editor. `again` starts over after a failure. */
export function useRendering(
  { editor, extend, client }: RoomTools,
  paper: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  { finish, again }: { finish: (element: HTMLElement) => void; again: number },
): { state: RenderState; current: () => PreviewPage | null } {
  const [state, setState] = useState<RenderState>('rendering');
  const [current, setCurrent] = useState<{ page: PreviewPage | null }>({ page: null });
  const look = useLook();
  useEffect(() => {
    const parent = paper.current;
    const outer = scroller.current;
    if (parent === null || outer === null || client === null) return;
    const renderer = openBlockRenderer();
    const text = renderedText();
    let sync: ReturnType<typeof syncScroll> | null = null;
    let synced: EditorView | null = null;
    const page = openBlockPage(parent, { finish, onShown: () => sync?.follow() });
    let timer: ReturnType<typeof setTimeout> | null = null;
    let busy = false;
    let stale = false;
    let notBefore = 0;
    const render = async () => {
      timer = null;
      const view = editor();
      if (view === null) return plan();
      if (view !== synced) {
        sync?.stop();
        sync = syncScroll(view, outer, page);
        synced = view;
      }
      busy = true;
      stale = false;
      const began = performance.now();
      text.asked(view.state.doc);
      try {
        const rendering = await renderer.render(view.state.doc.toString());
        text.shown();
        page.show(rendering);
        setState(rendering.blocks.length === 0 ? 'empty' : 'shown');
        notBefore = performance.now() + AIR * (performance.now() - began);
      } catch {
        setState('failed');
      }
      busy = false;
      if (stale) plan();
    };
    const plan = () => {
      stale = true;
      if (busy || timer !== null) return;
      timer = setTimeout(() => void render(), Math.max(SOON_MS, notBefore - performance.now()));
    };
    // The editor may be made anew, and gets this again.
    extend(
      'preview',
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        text.changed(update.changes);
        plan();
      }),
    );
    setState('rendering');
    setCurrent({ page: { page, text } });
    void render();
    return () => {
      extend('preview', null);
      if (timer !== null) clearTimeout(timer);
      sync?.stop();
      renderer.close();
      page.close();
      setCurrent({ page: null });
    };
  }, [client, editor, extend, paper, scroller, finish, again]);
  useEffect(() => current.page?.page.redress(), [look, current]);
  return { state, current: () => current.page };
}
