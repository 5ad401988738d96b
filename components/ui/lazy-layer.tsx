'use client';

import { useCallback, useRef, useState, type FunctionComponent, type ReactNode, type RefObject } from 'react';

/** What every layer is given by the trigger that opens it. */
export interface LayerBase {
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A layer whose code may not be here yet. */
export interface LazyLayer<Props extends object> {
  /** The same promise until it fails; then the next call tries again. */
  fetch: () => Promise<FunctionComponent<Props & LayerBase>>;
}

/** Every layer of the page, for `prefetchLayers`. */
const layers = new Set<() => Promise<unknown>>();

/** Makes a layer whose code is fetched when its trigger is approached, focused or pressed: see LOOK, "Libraries". */
export function lazyLayer<Props extends object>(
  load: () => Promise<FunctionComponent<Props & LayerBase>>,
): LazyLayer<Props> {
  let fetched: Promise<FunctionComponent<Props & LayerBase>> | null = null;
  const fetch = () => {
    fetched ??= load().catch((error: unknown) => {
      fetched = null;
      throw error;
    });
    return fetched;
  };
  layers.add(fetch);
  return { fetch };
}

/** Fetches all layers, so that they open without a network too. */
export function prefetchLayers(): void {
  for (const fetch of layers) fetch().catch(ignore);
}

export interface Trigger<Props extends object> {
  ref: RefObject<HTMLButtonElement | null>;
  open: boolean;
  /** For the button: fetches the layer's code on approach, and says what a press opens. */
  props: {
    onPointerEnter: () => void;
    onFocus: () => void;
    'aria-expanded': boolean;
    'aria-haspopup': 'dialog';
  };
  toggle: () => void;
  show: () => void;
  /** Draws the layer while it is open. */
  render: (props: Props) => ReactNode;
}

/** State of one trigger and its layer. A layer that cannot be fetched does not open; the page stays as it is. */
export function useLayer<Props extends object>(layer: LazyLayer<Props>): Trigger<Props> {
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<{ Component: FunctionComponent<Props & LayerBase> } | null>(null);
  const onClose = useCallback(() => setOpen(false), []);
  const prefetch = () => void layer.fetch().catch(ignore);
  const show = () => {
    setOpen(true);
    layer.fetch().then(
      (Component) => setLoaded({ Component }),
      () => setOpen(false),
    );
  };
  return {
    ref,
    open,
    props: { onPointerEnter: prefetch, onFocus: prefetch, 'aria-expanded': open, 'aria-haspopup': 'dialog' },
    toggle: () => (open ? onClose() : show()),
    show,
    render: (props) =>
      open && loaded !== null ? <loaded.Component {...props} triggerRef={ref} onClose={onClose} /> : null,
  };
}

function ignore(): void {
  // A head start only: pressing the trigger tries again.
}
