import type { RoomView } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';

export interface Steps {
  device: string;
  received: string;
  disk: string;
}

/** What is known of each step of the text's way. "Kept on this device" means the journal. */
export function statusSteps(view: Pick<RoomView, 'status' | 'unsaved' | 'rev' | 'dots' | 'journal'>): Steps {
  const t = layerStrings.details;
  const disk = view.rev === 0 ? t.nothing : t.upTo(view.rev);
  if (view.status.kind === 'ready') return { device: t.nothing, received: t.nothing, disk: t.nothing };
  if (view.unsaved === 0) return { device: t.all, received: t.all, disk };
  const device = view.dots.device ? t.characters(view.unsaved) : view.journal === 'failed' ? t.nothing : t.waiting;
  return { device, received: view.dots.received ? t.all : t.waiting, disk };
}
