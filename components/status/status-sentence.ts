import type { RoomView } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { size, strings } from '../strings.ts';

export type SentenceFacts = Pick<RoomView, 'status' | 'unsaved' | 'rev' | 'limits' | 'journal'>;

/** What StatusDetails adds to the pill's word: where the text is, and what happens next. */
export function statusSentence(view: SentenceFacts): string {
  const { status, unsaved } = view;
  const t = layerStrings.details;
  switch (status.kind) {
    case 'ready':
      return t.ready;
    case 'saved':
      return t.saved(view.rev);
    case 'device':
      return t.device_;
    case 'received':
      return t.received_;
    case 'offline':
    case 'reconnecting':
      return waiting(view);
    case 'catchingUp':
      return t.catchingUp;
    case 'cannotWrite':
      return t.cannotWrite;
    case 'view':
      return t.view;
    case 'locked':
      return t.locked(unsaved);
    case 'full':
      return t.full(size(view.limits.document));
    case 'lost':
      return t.lost;
    default:
      return unknown(status);
  }
}

/** Without a journal, closing the tab loses what is waiting; the words must not promise more. */
function waiting(view: SentenceFacts): string {
  switch (view.journal) {
    case 'ok':
      return layerStrings.details.waitingWithJournal;
    case 'none':
      return layerStrings.details.waitingWithoutJournal;
    case 'failed':
      return view.unsaved > 0 ? strings.details.noCopy(view.unsaved) : layerStrings.details.waitingWithoutJournal;
  }
}

function unknown(status: never): never {
  throw new Error(`No sentence for the status ${JSON.stringify(status)}`);
}
