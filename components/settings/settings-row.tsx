import type { ReactNode } from 'react';

interface SettingsGroupProps {
  heading: string;
  children: ReactNode;
}

/** Settings that belong together, under their heading. */
export function SettingsGroup({ heading, children }: SettingsGroupProps) {
  return (
    <section aria-label={heading} className="grid gap-1 border-t border-line pt-3 pb-4">
      <h3 className="px-2 pb-1 text-xs font-semibold text-ink-3">{heading}</h3>
      {children}
    </section>
  );
}

interface SettingsRowProps {
  words: string;
  help?: string;
  children: ReactNode;
}

/** One choice with its words on the left, or above it on a phone. */
export function SettingsRow({ words, help, children }: SettingsRowProps) {
  return (
    <div className="grid grid-cols-[10rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 px-2 py-1 max-tablet:grid-cols-1">
      <span>{words}</span>
      {children}
      {help !== undefined && <Help className="col-start-2 max-tablet:col-start-1">{help}</Help>}
    </div>
  );
}

/** What a choice does, where its words do not say it all. */
export function Help({ className = '', children }: { className?: string; children: ReactNode }) {
  return <p className={`text-xs text-ink-3 ${className}`}>{children}</p>;
}
