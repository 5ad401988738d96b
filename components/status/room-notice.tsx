'use client';

import type { ReactNode } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import type { LostNoticeProps } from './lost-notice.tsx';
import type { NoticeActions } from './notice-actions.ts';
import { Notice, type NoticeProps } from './notice.tsx';
import { isTrouble } from './status-words.ts';

/** Fetched with the page's other parts: access is lost rarely, and the words for it are many. */
const lost = lazyPart<LostNoticeProps>(() => import('./lost-notice.tsx').then((file) => file.LostNotice));

export interface RoomNoticeProps {
  view: RoomView;
  actions: NoticeActions;
  /** What may stand there if the room has nothing to say. */
  children?: ReactNode;
}

/** What the room has to say above the text: access that was lost first, else the client's notice, else nothing. */
export function RoomNotice({ view, actions, children = null }: RoomNoticeProps) {
  if (view.status.kind === 'lost') {
    return (
      <Part part={lost} props={{ status: view.status, view, actions }}>
        <Notice
          tone="error"
          text={strings.announce.lost}
          actions={[{ words: strings.notice.copyText, run: actions.copyText }]}
        />
      </Part>
    );
  }
  const props = journalNotice(view, actions) ?? clientNotice(view, actions);
  return props === null ? children : <Notice {...props} />;
}

/** What is not on this device: the room, or letters that wait, which whoever closes the page loses. */
function journalNotice(view: RoomView, actions: NoticeActions): NoticeProps | null {
  // A room that this browser sees for the first time, without a network: neither text nor a way to write one.
  if (view.rev === 0 && !view.canEdit && isTrouble(view.status)) return { tone: 'info', text: strings.notice.notKept };
  if (view.journal !== 'failed' || view.unsaved === 0 || !isTrouble(view.status)) return null;
  const download = { words: strings.details.download, run: actions.download };
  return { tone: 'warn', text: strings.details.noCopy(view.unsaved), actions: [download] };
}

function clientNotice(view: RoomView, actions: NoticeActions): NoticeProps | null {
  const { notice } = view;
  if (notice === null) return null;
  const t = strings.notice;
  switch (notice.kind) {
    case 'serverError':
      return { tone: 'warn', text: t.serverError, onDismiss: actions.dismiss };
    case 'tooFast':
      return { tone: 'warn', text: t.tooFast(Math.ceil(notice.retryMs / 1000)), onDismiss: actions.dismiss };
    case 'healed':
      return { tone: 'info', text: t.healed, onDismiss: actions.dismiss };
    case 'rebased':
      return {
        tone: 'info',
        text: t.rebased,
        actions: [{ words: t.showMyCopy, run: () => actions.showCopy(notice.copy) }],
        onDismiss: actions.dismiss,
      };
    default:
      return unknown(notice);
  }
}

function unknown(value: never): never {
  throw new Error(`No words for ${JSON.stringify(value)}`);
}
