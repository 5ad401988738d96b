'use client';

import { Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { withBase } from '../ui/base-path.ts';
import { IconButton } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { applyTheme } from '../ui/theme.ts';
import { statusPageStrings } from './status-page-strings.ts';
import { useLook } from '../ui/use-look.ts';

/** The bar of pages for whoever looks after a server. */
export function PageBar({ title, children }: { title: string; children: ReactNode }) {
  const t = statusPageStrings;
  const look = useLook();
  return (
    <header className="flex min-h-12 items-center gap-2 border-b border-line px-4 max-tablet:min-h-13 max-tablet:px-3">
      <a href={withBase('/')} aria-label={t.home} className="touch flex rounded-sm">
        <Mark />
      </a>
      <h1 className="px-1.5 text-md font-semibold">{title}</h1>
      {children}
      <IconButton
        label={look === 'dark' ? t.light : t.dark}
        onClick={() => applyTheme(look === 'dark' ? 'light' : 'dark')}
      >
        {look === 'dark' ? <Sun size={16} aria-hidden="true" /> : <Moon size={16} aria-hidden="true" />}
      </IconButton>
    </header>
  );
}
