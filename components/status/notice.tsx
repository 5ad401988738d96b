'use client';

import { Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/button.tsx';

export type Tone = 'info' | 'warn' | 'error';

export interface NoticeAction {
  words: string;
  run: () => void;
}

export interface NoticeProps {
  tone: Tone;
  /** What happened, in bold. */
  lead?: string | undefined;
  text: string;
  /** At most two; the first is the one most people want. */
  actions?: readonly NoticeAction[] | undefined;
  /** Absent if it must stay. */
  onDismiss?: (() => void) | undefined;
}

const ICONS: Record<Tone, ReactNode> = {
  info: <Info size={16} aria-hidden="true" className="text-ink-2" />,
  warn: <TriangleAlert size={16} aria-hidden="true" className="text-brass" />,
  error: <TriangleAlert size={16} aria-hidden="true" className="text-danger" />,
};

/** Something said above the text. It pushes the text down instead of lying on it. */
export function Notice({ tone, lead, text, actions = [], onDismiss }: NoticeProps) {
  return (
    <div role={tone === 'error' ? 'alert' : 'status'} className="flex justify-center px-4 pt-1 pb-2 max-tablet:px-2">
      <div className="flex max-w-4xl flex-wrap items-center gap-x-2.5 gap-y-2 rounded-md bg-raised py-2 pe-2 ps-3.5 text-md shadow-2">
        {ICONS[tone]}
        <span className="min-w-0 flex-1 basis-64">
          {lead !== undefined && <b className="font-bold">{lead} </b>}
          {text}
        </span>
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-2 empty:hidden">
          {actions.map(({ words, run }, index) => (
            <Button key={words} small look={index === 0 && tone === 'error' ? 'primary' : 'plain'} onClick={run}>
              {words}
            </Button>
          ))}
          {onDismiss !== undefined && (
            <IconButton label={strings.notice.dismiss} onClick={onDismiss} className="-my-0.5">
              <X size={16} aria-hidden="true" />
            </IconButton>
          )}
        </span>
      </div>
    </div>
  );
}
