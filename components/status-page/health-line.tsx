import type { Health } from './board.ts';
import { statusPageStrings } from './status-page-strings.ts';

/** How the server does, in a dot and a few words. Trouble and its end are announced, not each second of it. */
export function HealthLine({ health }: { health: Health }) {
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 text-sm" data-testid="health" data-health={health.kind}>
      <svg viewBox="0 0 8 8" aria-hidden="true" className={`size-2 flex-none ${dotOf(health)}`}>
        {health.kind === 'normal' ? (
          <circle cx="4" cy="4" r="4" fill="currentColor" />
        ) : (
          <path d="M4 0 8 8H0z" fill="currentColor" />
        )}
      </svg>
      <span className={`truncate ${inkOf(health)}`}>{wordsOf(health)}</span>
      <span role="status" className="sr-only">
        {health.kind === 'stale' ? statusPageStrings.staleSpoken : wordsOf(health)}
      </span>
    </div>
  );
}

function wordsOf(health: Health): string {
  const t = statusPageStrings;
  switch (health.kind) {
    case 'connecting':
      return t.connecting;
    case 'stale':
      return t.stale(health.seconds);
    case 'store-down':
      return t.storeDown;
    case 'draining':
      return t.draining(health.node);
    case 'bus-down':
      return t.busDown;
    case 'normal':
      return t.normal;
  }
}

function inkOf({ kind }: Health): string {
  switch (kind) {
    case 'store-down':
      return 'text-danger font-semibold';
    case 'stale':
    case 'draining':
    case 'bus-down':
      return 'text-brass font-semibold';
    case 'connecting':
    case 'normal':
      return '';
  }
}

function dotOf(health: Health): string {
  switch (health.kind) {
    case 'store-down':
      return 'text-danger';
    case 'stale':
    case 'draining':
    case 'bus-down':
      return 'text-brass-fill';
    case 'connecting':
      return 'text-ink-3';
    case 'normal':
      return 'text-accent';
  }
}
