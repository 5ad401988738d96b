'use client';

import { useCallback, useRef, useState, type FunctionComponent, type ReactNode, type RefObject } from 'react';
import { lazyPart, type LazyPart } from './lazy-part.tsx';

/** What every layer is given by the trigger that opens it. */
export interface LayerBase {
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A layer whose code may not be here yet. */
export type LazyLayer<Props extends object> = LazyPart<Props & LayerBase>;

/** Makes a layer whose code is fetched when its trigger is approached, focused or pressed: see LOOK, "Libraries". */
export function lazyLayer<Props extends object>(
  load: () => Promise<FunctionComponent<Props & LayerBase>>,
): LazyLayer<Props> {
  return lazyPart(load);
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
  /** Draws the layer while it is open; `trigger` if something else than the button with `ref` leads to it. */
  render: (props: Props, trigger?: RefObject<HTMLElement | null>) => ReactNode;
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
    render: (props, trigger = ref) =>
      open && loaded !== null ? <loaded.Component {...props} triggerRef={trigger} onClose={onClose} /> : null,
  };
}

function ignore(): void {
  // A head start only: pressing the trigger tries again.
}
