'use client';

import type { RoomView, Status } from '../../lib/client/index.ts';
import { strings } from '../strings.ts';
import { Notice, type NoticeProps } from './notice.tsx';
import { isTrouble } from './status-words.ts';

export interface NoticeActions {
  copyText: () => void;
  newRoomWithIt: () => void;
  download: () => void;
  reload: () => void;
  showCopy: (text: string) => void;
  dismiss: () => void;
}

/** What the room has to say above the text: access that was lost first, else the client's notice, else nothing. */
export function RoomNotice({ view, actions }: { view: RoomView; actions: NoticeActions }) {
  const props =
    view.status.kind === 'lost'
      ? lostNotice(view.status, view, actions)
      : (journalNotice(view, actions) ?? clientNotice(view, actions));
  return props === null ? null : <Notice {...props} />;
}

function lostNotice(status: Extract<Status, { kind: 'lost' }>, view: RoomView, actions: NoticeActions): NoticeProps {
  const t = strings.notice;
  const copy = { words: t.copyText, run: actions.copyText };
  const room = { words: t.newRoomWithIt, run: actions.newRoomWithIt };
  switch (status.reason) {
    case 'revoked':
    case 'expired':
    case 'removed':
    case 'password':
    case 'signIn':
    case 'missing':
    case 'refused':
      return { tone: 'error', lead: t[status.reason], text: t.notArrived(view.unsaved), actions: [copy, room] };
    case 'deleted':
      return {
        tone: 'error',
        lead: t.deleted,
        text: t.deletedRest,
        actions: [{ words: t.download, run: actions.download }, room],
      };
    case 'updated':
      return view.unsaved > 0 && view.journal !== 'ok'
        ? {
            tone: 'error',
            lead: t.updated,
            text: t.updatedRestCopy,
            actions: [copy, { words: t.reload, run: actions.reload }],
          }
        : { tone: 'info', lead: t.updated, text: t.updatedRest, actions: [{ words: t.reload, run: actions.reload }] };
    default:
      return unknown(status.reason);
  }
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
