'use client';

import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { MAX_NOTE } from '../../lib/client/index.ts';

export interface NoteFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  /** Esc, where that is not the layer's own matter. */
  onCancel?: () => void;
  autoFocus?: boolean;
  field?: RefObject<HTMLTextAreaElement | null>;
  /** Stands at the end of the first line. */
  children?: ReactNode;
}

/** The key code of a keydown that belongs to an input method, on browsers that end the composition before it. */
const COMPOSING = 229;

/** Takes a few lines: Enter sends them, Shift and Enter break one. As high as what is in it, up to a third of the screen. */
export function NoteField({ label, value, onChange, onSend, onCancel, autoFocus, field, children }: NoteFieldProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const area = field ?? own;
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [area, value]);
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === COMPOSING) return;
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (value.trim() !== '') onSend();
  };
  return (
    <div className="flex items-end rounded-sm bg-raised inset-ring inset-ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <textarea
        ref={area}
        rows={1}
        value={value}
        maxLength={MAX_NOTE}
        aria-label={label}
        placeholder={label}
        autoFocus={autoFocus}
        enterKeyHint="send"
        dir="auto"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={key}
        className="touch-row max-h-[33dvh] min-w-0 flex-1 resize-none bg-transparent px-2.5 py-1.75 text-md leading-snug outline-none max-tablet:text-[16px]"
      />
      {children}
    </div>
  );
}
