'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from './copy.ts';

/** Copies an address, and says in its own place whether it could. */
export function CopyButton({ address, label }: { address: string; label: string }) {
  const [state, setState] = useState<{ address: string; done: boolean } | null>(null);
  const t = layerStrings.links;
  // Of another address it says nothing.
  const done = state?.address === address ? state.done : null;
  const copy = async () => setState({ address, done: await copyText(address) });
  return (
    <Button small onClick={() => void copy()} aria-label={`${label}: ${t.copy}`}>
      {done === true ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      <span aria-live="polite">{done === null ? t.copy : done ? t.copied : t.notCopied}</span>
    </Button>
  );
}
