import { X } from 'lucide-react';
import { strings } from '../strings.ts';
import { IconButton } from './button.tsx';

/** What a dialog is called, and the way out of it. */
export function DialogHead({ heading, onClose }: { heading: string; onClose: () => void }) {
  return (
    <div className="flex items-center gap-2.5">
      <h2 className="flex-1 text-[15px] leading-tight font-bold">{heading}</h2>
      <IconButton label={strings.notice.dismiss} onClick={onClose} className="-my-1.5 -me-1.5">
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
