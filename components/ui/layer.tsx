'use client';

import type { ReactNode, RefObject } from 'react';
import { Dialog, Modal, ModalOverlay, Popover, type PopoverProps } from 'react-aria-components';
import { useEffect } from 'react';
import { usePhone } from './use-phone.ts';

export interface LayerProps {
  /** What opened it: the layer stands beside it, and closing gives it the focus back. */
  triggerRef: RefObject<HTMLElement | null>;
  label: string;
  onClose: () => void;
  /** CSS width of the popover; sheets are as wide as the phone. */
  width: string;
  placement?: PopoverProps['placement'];
  children: ReactNode;
}

/**
 * A popover beside its trigger, or a sheet on a phone. The popover leaves the text behind it alone: a press there closes
 * it and sets the caret at once. The sheet takes the screen. Fetched when a layer is first wanted.
 */
export function Layer({ triggerRef, label, onClose, width, placement = 'bottom end', children }: LayerProps) {
  const phone = usePhone();
  const change = (open: boolean) => {
    if (!open) onClose();
  };
  useCloseOnPressOutside(!phone, triggerRef, onClose);
  if (phone) {
    return (
      <ModalOverlay
        isOpen
        isDismissable
        onOpenChange={change}
        className="scrim fixed inset-0 z-40 flex items-end bg-scrim"
      >
        <Modal className="sheet max-h-[88dvh] w-full overflow-auto rounded-t-lg bg-raised pb-[env(safe-area-inset-bottom)] shadow-3">
          <div aria-hidden="true" className="mx-auto mt-2.5 h-1 w-9 rounded-xs bg-line-strong opacity-70" />
          <Dialog aria-label={label} className="outline-none">
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    );
  }
  return (
    <Popover
      isOpen
      isNonModal
      triggerRef={triggerRef}
      placement={placement}
      offset={6}
      containerPadding={12}
      onOpenChange={change}
      className="layer rounded-md bg-raised shadow-2"
      style={{ width }}
      data-layer=""
    >
      <Dialog aria-label={label} className="max-h-[inherit] overflow-auto outline-none">
        {children}
      </Dialog>
    </Popover>
  );
}

/** A press that focuses nothing (the page's ground) has to close a popover too. */
function useCloseOnPressOutside(active: boolean, triggerRef: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: PointerEvent) => {
      const target = event.target;
      if (!(target instanceof Element)) return;
      if (target.closest('[data-layer]') !== null || triggerRef.current?.contains(target) === true) return;
      onClose();
    };
    document.addEventListener('pointerdown', press, true);
    return () => document.removeEventListener('pointerdown', press, true);
  }, [active, triggerRef, onClose]);
}
