import type { ReactNode } from 'react';
import { pageStrings } from '../page-strings.ts';
import { Mark } from '../ui/mark.tsx';

export interface MessagePageProps {
  /** The address or whatever else it is about, above the heading. */
  about?: string | undefined;
  heading: string;
  body?: string;
  children: ReactNode;
  className?: string;
}

/** A page that has one thing to say. */
export function MessagePage({ about, heading, body, children, className = '' }: MessagePageProps) {
  return (
    <div className={`grid h-dvh grid-rows-[auto_minmax(0,1fr)] ${className}`}>
      <header className="flex min-h-12 items-center gap-2 px-4 max-tablet:min-h-13 max-tablet:px-3">
        <Mark />
        <span className="px-1.5 text-md font-semibold">{pageStrings.product}</span>
      </header>
      <main className="mx-auto grid w-full max-w-130 place-content-center justify-items-start gap-3.5 p-6">
        {about !== undefined && <p className="font-mono text-md break-all text-ink-3">{about}</p>}
        <h1 className="text-3xl leading-tight font-bold tracking-[-0.015em]">{heading}</h1>
        {body !== undefined && <p className="text-lg leading-[1.6] text-ink-2">{body}</p>}
        <div className="flex w-full flex-wrap items-center gap-2.5">{children}</div>
      </main>
    </div>
  );
}
