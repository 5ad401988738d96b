'use client';

import { HardDrive, RefreshCw, Server, Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/button.tsx';
import { Layer } from '../ui/layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { UnlockButton } from '../share/unlock-button.tsx';
import { statusSentence } from './status-sentence.ts';
import { statusSteps } from './status-steps.ts';
import { isTrouble } from './status-words.ts';

export interface StatusDetailsProps {
  view: RoomView;
  onRetry: () => void;
  onDownload: () => void;
}

/** The three steps of the text's way with what is known of each, and what can be done now. */
export function StatusDetails({ view, onRetry, onDownload, triggerRef, onClose }: StatusDetailsProps & LayerBase) {
  const steps = statusSteps(view);
  const canRetry = view.status.kind === 'offline' || view.status.kind === 'reconnecting';
  const waiting = isTrouble(view.status) && view.unsaved > 0;
  return (
    <Layer
      triggerRef={triggerRef}
      onClose={onClose}
      label={layerStrings.details.label}
      width="312px"
      placement="bottom start"
    >
      <div className="grid gap-2.25 px-4 py-3.5 max-tablet:gap-3 max-tablet:p-5">
        <Step
          icon={<Smartphone size={16} aria-hidden="true" />}
          name={layerStrings.details.device}
          strong={waiting}
          brass={waiting}
        >
          {steps.device}
        </Step>
        <Step
          icon={<Server size={16} aria-hidden="true" />}
          name={layerStrings.details.received}
          strong={false}
          brass={false}
        >
          {steps.received}
        </Step>
        <Step
          icon={<HardDrive size={16} aria-hidden="true" />}
          name={layerStrings.details.disk}
          strong={false}
          brass={false}
        >
          {steps.disk}
        </Step>
        <p className="border-t border-line pt-2.25 text-xs leading-normal text-ink-2">{statusSentence(view)}</p>
        <div className="flex items-center gap-2.5">
          {canRetry && (
            <Button small onClick={onRetry}>
              <RefreshCw size={14} aria-hidden="true" />
              {layerStrings.details.tryNow}
            </Button>
          )}
          <Button small look="quiet" onClick={onDownload}>
            {strings.details.download}
          </Button>
          {view.status.kind === 'locked' && <UnlockButton view={view} />}
        </div>
      </div>
    </Layer>
  );
}

interface StepProps {
  icon: ReactNode;
  name: string;
  strong: boolean;
  brass: boolean;
  children: string;
}

function Step({ icon, name, strong, brass, children }: StepProps) {
  return (
    <div className={`flex items-center gap-2.5 ${strong ? '' : 'text-ink-3'}`}>
      <span className={brass ? 'text-brass' : ''}>{icon}</span>
      <span className="flex-1">{name}</span>
      <span className={strong ? 'font-semibold' : ''}>{children}</span>
    </div>
  );
}
