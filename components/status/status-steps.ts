import type { RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';

export interface Steps {
  device: string;
  received: string;
  disk: string;
}

/** What is known of each step of the text's way. Without a journal "kept on this device" means this open page. */
export function statusSteps(view: Pick<RoomView, 'status' | 'unsaved' | 'rev' | 'dots'>): Steps {
  const t = strings.details;
  const disk = view.rev === 0 ? t.nothing : t.upTo(view.rev);
  if (view.status.kind === 'ready') return { device: t.nothing, received: t.nothing, disk: t.nothing };
  if (view.unsaved === 0) return { device: t.all, received: t.all, disk };
  return { device: t.characters(view.unsaved), received: view.dots.received ? t.all : t.waiting, disk };
}
