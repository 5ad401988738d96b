'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { isPhone } from '../ui/use-phone.ts';
import { paletteStrings } from './palette-strings.ts';

export interface PaletteLayerProps {
  /** Takes the focus if whatever had it before is gone. */
  fallback: () => HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

/** Where the palette lies: 580 px wide, 112 px from the top; at the top of a phone, for its keyboard is at the bottom. */
export function PaletteLayer({ fallback, onClose, children }: PaletteLayerProps) {
  const text = useRef(fallback);
  useEffect(() => {
    const focusText = () => {
      if (document.activeElement === document.body && !isPhone()) text.current()?.focus();
    };
    // What had the focus gets it back one frame after the palette is gone; a menu that led here is gone too.
    return () => void requestAnimationFrame(() => requestAnimationFrame(focusText));
  }, []);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="scrim fixed inset-x-0 top-0 z-40 flex h-(--visual-viewport-height) items-start justify-center bg-canvas/45 px-4 pt-[min(112px,14dvh)] pb-4 max-tablet:px-2 max-tablet:pt-2"
    >
      <Modal className="layer flex max-h-full w-full max-w-145 flex-col overflow-hidden rounded-[14px] bg-raised shadow-3">
        <Dialog aria-label={paletteStrings.label} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
