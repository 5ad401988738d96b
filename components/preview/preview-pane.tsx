'use client';

import { X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { DEFAULT_LANGUAGE, PLAIN_TEXT } from '../editor/language-guess.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { usePhone } from '../ui/use-phone.ts';
import { ID_PREFIX } from './clean-html.ts';
import { PAPER_STYLE, PREVIEW_STYLE } from './paper-style.ts';
import { caretTo, placeOfPress } from './place-of-press.ts';
import { previewStrings } from './preview-strings.ts';
import { tickTask } from './tick-task.ts';
import { usePresses } from './use-presses.ts';
import { useRendering } from './use-rendering.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** LOOK's word for what takes longer is shown after this time, in ms. */
const WORD_MS = 400;

/** The text as it will read: beside the editor, or in its place on a phone. */
export function PreviewPane({ tools }: { tools: RoomTools }) {
  const { show, editor, language } = tools;
  const phone = usePhone();
  const pane = useRef<HTMLElement>(null);
  const close = () => {
    show({ preview: false });
    editor()?.focus();
  };
  useEscape(pane, close);
  return (
    <aside
      ref={pane}
      aria-label={previewStrings.label}
      className="relative flex min-h-0 min-w-0 flex-1 flex-col border-s border-line bg-surface max-tablet:absolute max-tablet:inset-0 max-tablet:z-10 max-tablet:border-s-0 max-tablet:bg-canvas"
    >
      <style>{PAPER_STYLE + PREVIEW_STYLE}</style>
      {phone ? (
        <div className="flex-none px-5 pb-1">
          <Segmented
            label={previewStrings.switch}
            value="preview"
            onChange={(side) => {
              if (side === 'text') close();
            }}
            options={[
              { value: 'text', words: previewStrings.text },
              { value: 'preview', words: previewStrings.preview },
            ]}
          />
        </div>
      ) : (
        <IconButton label={previewStrings.close} onClick={close} className="absolute inset-e-3 top-2 z-10 bg-surface">
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
      {language === DEFAULT_LANGUAGE ? <Paper tools={tools} onClose={close} /> : <NoMarkdown tools={tools} />}
    </aside>
  );
}

function Paper({ tools, onClose }: { tools: RoomTools; onClose: () => void }) {
  const { editor, view } = tools;
  const phone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const [again, setAgain] = useState(0);
  const canEdit = view.canEdit;
  const finish = useCallback((element: HTMLElement) => {
    for (const box of element.querySelectorAll<HTMLInputElement>('.task-box')) {
      box.setAttribute('aria-label', previewStrings.tick(taskWords(box)));
    }
  }, []);
  const { state, current } = useRendering(tools, paper, scroller, { finish, again });
  const slow = useSlow(state === 'rendering');

  // A place in what is shown, in the text as it is now.
  const positionOf = (target: EventTarget | null, word: string) => {
    const now = current();
    const place = now === null ? null : placeOfPress(now.page, target, word);
    return now === null || place === null ? null : now.text.startOf(place.line);
  };
  const click = (event: MouseEvent) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target instanceof HTMLInputElement) {
      // The text decides: the box is drawn anew with it.
      event.preventDefault();
      const [text, position] = [editor(), positionOf(target, '')];
      if (text !== null && position !== null) tickTask(text, position);
      return;
    }
    const link = target.closest('a[href^="#"]');
    if (link === null) return;
    event.preventDefault();
    const id = ID_PREFIX + decode(link.getAttribute('href')?.slice(1) ?? '');
    for (const one of paper.current?.querySelectorAll('[id]') ?? []) {
      if (one.id === id) return one.scrollIntoView({ block: 'start' });
    }
  };
  const dblclick = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a, input') !== null) return;
    const word = window.getSelection()?.toString() ?? '';
    const [text, position] = [editor(), positionOf(target, word)];
    if (text === null || position === null) return;
    if (phone) onClose();
    caretTo(text, position, word);
  };
  usePresses(scroller, { click, dblclick });
  return (
    <>
      <ScrollRegion
        ref={scroller}
        role="region"
        aria-label={previewStrings.label}
        className="relative min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
      >
        <div
          ref={paper}
          className={`paper preview-paper mx-auto w-full max-w-[calc(var(--measure)+6rem)] px-12 pt-8 pb-30 max-tablet:px-5 max-tablet:pt-3 ${canEdit ? '' : 'paper-fixed'}`}
        />
      </ScrollRegion>
      {state === 'rendering' && slow && <Word>{previewStrings.rendering}</Word>}
      {state === 'empty' && <Word>{previewStrings.empty}</Word>}
      {state === 'failed' && (
        <Word>
          {previewStrings.failed}
          <Button small onClick={() => setAgain((n) => n + 1)}>
            {previewStrings.again}
          </Button>
        </Word>
      )}
    </>
  );
}

function NoMarkdown({ tools: { language, view, client } }: { tools: RoomTools }) {
  return (
    <Word>
      {language === PLAIN_TEXT ? previewStrings.plain : previewStrings.noMarkdown(language)}
      {view.canEdit && (
        <Button small onClick={() => client?.setLanguage(DEFAULT_LANGUAGE)}>
          {previewStrings.makeMarkdown}
        </Button>
      )}
    </Word>
  );
}

function Word({ children }: { children: React.ReactNode }) {
  return (
    <div
      role="status"
      className="absolute inset-x-0 top-0 flex flex-col items-start gap-3 px-12 pt-10 text-ink-3 max-tablet:top-12 max-tablet:px-5"
    >
      {children}
    </div>
  );
}

/** Has `waiting` lasted so long that it needs a word? */
function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), WORD_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow;
}

function taskWords(box: HTMLInputElement): string {
  return (box.parentElement?.textContent ?? '').trim().split('\n')[0]?.slice(0, 100) ?? '';
}

/** What stands behind a `#`; as it is if it is no proper address. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
