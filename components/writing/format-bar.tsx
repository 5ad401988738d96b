'use client';

import { syntaxTree } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { InSlot } from '../ui/slot.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { activeFormats, type CommandName } from './commands.ts';
import { DESKTOP_BUTTONS, keysWords, PHONE_BUTTONS, TABLE_BUTTONS, type FormatButton } from './format-buttons.ts';
import { runCommand } from './markdown-actions.ts';
import { useAboveKeyboard } from './use-above-keyboard.ts';
import { writingStrings } from './writing-strings.ts';

const t = writingStrings;

/** CSS pixels, so that the line being written never stands behind the bar. */
const BAR_HEIGHT = 48;

/** Above a phone's keyboard, and on demand elsewhere: what makes a list of a line, say, for hands without a Ctrl key. */
export function FormatBar({ tools }: { tools: RoomTools }) {
  const { editor, extend, surfaces } = tools;
  const phone = usePhone();
  const covered = useAboveKeyboard();
  const active = useActiveFormats(tools);
  const [current, setCurrent] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const mac = useMemo(() => /Mac|iPhone|iPad/.test(navigator.platform), []);
  useEffect(
    () =>
      extend(
        'format-bar-margin',
        EditorView.scrollMargins.of(() => ({ bottom: covered > 0 ? covered + BAR_HEIGHT : 0 })),
      ),
    [covered, extend],
  );
  useEffect(() => () => extend('format-bar-margin', null), [extend]);

  // Then it is not the text that one looks at.
  const isCovered = surfaces.drawer === 'history' || (phone && (surfaces.preview || surfaces.panel !== null));
  if (isCovered) return null;
  const buttons = phone ? PHONE_BUTTONS : withTable(DESKTOP_BUTTONS, active.includes('table'));
  const press = (event: MouseEvent, name: CommandName) => {
    const view = editor();
    if (view === null) return;
    runCommand(view, name);
    // Enter on the button keeps the keyboard in the bar; a press with pointer or finger goes on writing.
    if (event.detail > 0) view.focus();
  };
  const walk = (event: KeyboardEvent) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = stepOf(event.key, rtl);
    if (step === null) return;
    event.preventDefault();
    const next = step === 'first' ? 0 : step === 'last' ? buttons.length - 1 : current + step;
    const index = (next + buttons.length) % buttons.length;
    setCurrent(index);
    bar.current?.querySelectorAll('button')[index]?.focus();
  };
  return (
    <InSlot name="strip">
      <section
        aria-label={t.bar}
        style={covered > 0 ? { transform: `translateY(-${covered}px)` } : undefined}
        className="relative z-10 border-t border-line bg-surface"
      >
        <div
          ref={bar}
          role="toolbar"
          tabIndex={-1}
          aria-label={t.bar}
          onKeyDown={walk}
          className="flex h-12 items-center gap-1 px-3 max-tablet:justify-between max-tablet:gap-0 max-tablet:px-1"
        >
          {buttons.map(({ name, Icon, keys, toggles }, index) => (
            <button
              key={name}
              type="button"
              tabIndex={index === Math.min(current, buttons.length - 1) ? 0 : -1}
              aria-label={t.commands[name]}
              title={keys === undefined ? t.commands[name] : `${t.commands[name]} (${keysWords(keys, mac)})`}
              {...(toggles ? { 'aria-pressed': active.includes(name) } : {})}
              // The text keeps its focus, its selection and the keyboard of a phone.
              onPointerDown={keepFocus}
              onMouseDown={keepFocus}
              onFocus={() => setCurrent(index)}
              onClick={(event) => press(event, name)}
              className="grid size-8 flex-none place-items-center rounded-sm text-ink-2 transition-colors duration-(--fast) hover:bg-hover hover:text-ink active:bg-selected aria-pressed:bg-selected aria-pressed:text-ink max-tablet:h-11 max-tablet:w-auto max-tablet:max-w-12 max-tablet:flex-1"
            >
              <Icon size={phone ? 20 : 16} aria-hidden="true" />
            </button>
          ))}
        </div>
      </section>
    </InSlot>
  );
}

/** What the caret stands in now. */
function useActiveFormats({ editor, extend }: RoomTools): readonly CommandName[] {
  const [active, setActive] = useState<readonly CommandName[]>([]);
  useEffect(() => {
    const look = (view: EditorView) => {
      const now = activeFormats(view.state);
      setActive((before) => (before.join() === now.join() ? before : now));
    };
    const view = editor();
    if (view !== null) look(view);
    extend(
      'format-bar',
      EditorView.updateListener.of((update) => {
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        if (update.docChanged || update.selectionSet || parsed) look(update.view);
      }),
    );
    return () => extend('format-bar', null);
  }, [editor, extend]);
  return active;
}

function withTable(buttons: readonly FormatButton[], inTable: boolean): readonly FormatButton[] {
  return inTable ? buttons.flatMap((one) => (one.name === 'table' ? TABLE_BUTTONS : [one])) : buttons;
}

function keepFocus(event: PointerEvent | MouseEvent): void {
  event.preventDefault();
}

function stepOf(key: string, rtl: boolean): number | 'first' | 'last' | null {
  switch (key) {
    case 'ArrowRight':
      return rtl ? -1 : 1;
    case 'ArrowLeft':
      return rtl ? 1 : -1;
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    default:
      return null;
  }
}
