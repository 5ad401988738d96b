'use client';

import { useEffect, useRef } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { DialogHead } from '../ui/dialog-head.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { startFrom } from './start-from.ts';
import { templateStrings } from './template-strings.ts';
import { TEMPLATES, type Template } from './templates.ts';

const t = templateStrings;

/** What a text can start from; also for one that has begun. */
export function TemplatesDialog({ tools, onClose }: DialogProps) {
  const { client, editor, view } = tools;
  const text = useRef<HTMLElement | null>(null);
  useEffect(() => {
    text.current = editor()?.contentDOM ?? null;
  });
  const started = view.rev > 0 || view.unsaved > 0;
  const choose = (template: Template) => {
    const there = editor();
    onClose();
    // After the dialog gave the focus back to whom it was taken from.
    requestAnimationFrame(() => {
      if (there !== null && client !== null && startFrom(there, client, template)) tools.say(t.put);
    });
  };
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <div className="px-4 pt-3 pb-4">
        <div className="ps-2 pb-1">
          <DialogHead heading={t.heading} onClose={onClose} />
        </div>
        <p className="px-2 pb-2 text-xs text-ink-3">{view.canEdit ? (started ? t.helpFull : t.help) : t.readOnly}</p>
        <ul>
          {TEMPLATES.map((template) => (
            <li key={template}>
              <button
                type="button"
                disabled={!view.canEdit}
                onClick={() => choose(template)}
                className="touch-row grid w-full gap-0.5 rounded-sm px-2 py-2 text-start hover:bg-hover disabled:text-ink-3"
              >
                <span className="font-semibold">{t[template].name}</span>
                <span className="text-xs text-ink-3">{t[template].about}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </DialogLayer>
  );
}
