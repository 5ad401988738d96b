'use client';

import type { ReactNode, RefObject } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { usePhone } from './use-phone.ts';

export interface DialogLayerProps {
  /** Gets the focus back. */
  triggerRef: RefObject<HTMLElement | null>;
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that takes the screen: in its middle, or a sheet on a phone. The text behind it waits. */
export function DialogLayer({ triggerRef, label, onClose, children }: DialogLayerProps) {
  const phone = usePhone();
  const close = () => {
    onClose();
    // What had the focus before may be gone with the layer that led here.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) triggerRef.current?.focus();
    });
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) close();
      }}
      className={`scrim fixed inset-0 z-40 flex bg-scrim ${phone ? 'items-end' : 'items-start justify-center px-4 pt-[min(88px,10dvh)]'}`}
    >
      <Modal
        className={
          phone
            ? 'sheet max-h-[92dvh] w-full overflow-auto rounded-t-lg bg-raised pb-[env(safe-area-inset-bottom)] shadow-3'
            : 'layer max-h-[80dvh] w-full max-w-150 overflow-auto rounded-lg bg-raised shadow-3'
        }
      >
        {phone && <div aria-hidden="true" className="mx-auto mt-2.5 h-1 w-9 rounded-xs bg-line-strong opacity-70" />}
        <Dialog aria-label={label} className="outline-none">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
