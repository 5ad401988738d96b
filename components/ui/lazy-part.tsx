'use client';

import { useEffect, useState, type FunctionComponent, type ReactNode } from 'react';

/** A piece of the page whose code may not be here yet. */
export interface LazyPart<Props extends object> {
  /** The same promise until it fails; then the next call tries again. */
  fetch: () => Promise<FunctionComponent<Props>>;
  /** The code, if it is here. */
  here: () => FunctionComponent<Props> | null;
}

/** The parts that are fetched soon, for `prefetchParts`. */
const parts = new Set<() => Promise<unknown>>();

/** How long after a failure `Part` asks again, in ms: the server may have died a moment ago. */
const AGAIN_MS = 3_000;

/**
 * Makes a part of what `load` brings. `fetching`: `soon` for what is small and must be there without a network too, `when-used`
 * for everything else.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  fetching: 'soon' | 'when-used' = 'soon',
): LazyPart<Props> {
  let fetched: Promise<FunctionComponent<Props>> | null = null;
  let component: FunctionComponent<Props> | null = null;
  const fetch = () => {
    fetched ??= load().then(
      (loaded) => (component = loaded),
      (error: unknown) => {
        fetched = null;
        throw error;
      },
    );
    return fetched;
  };
  if (fetching === 'soon') parts.add(fetch);
  return { fetch, here: () => component };
}

/** Fetches those parts, so that they are there without a network too. */
export function prefetchParts(): void {
  for (const fetch of parts) fetch().catch(ignore);
}

export interface PartProps<Props extends object> {
  part: LazyPart<Props>;
  props: Props;
  /** What stands there until the code came. */
  children?: ReactNode;
}

/**
 * Draws a part as soon as its code is here. Unlike `React.lazy` it never throws: if the code cannot be fetched the page
 * around it stays as it is, and it is asked for again.
 */
export function Part<Props extends object>({ part, props, children = null }: PartProps<Props>) {
  const [loaded, setLoaded] = useState(() => ({ Component: part.here() }));
  useEffect(() => {
    if (part.here() !== null) return setLoaded({ Component: part.here() });
    let timer: ReturnType<typeof setTimeout> | null = null;
    let gone = false;
    const get = () => {
      part.fetch().then(
        (Component) => {
          if (!gone) setLoaded({ Component });
        },
        () => {
          if (!gone) timer = setTimeout(get, AGAIN_MS);
        },
      );
    };
    get();
    return () => {
      gone = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [part]);
  return loaded.Component === null ? children : <loaded.Component {...props} />;
}

function ignore(): void {
  // A head start only: whoever needs it asks again.
}
