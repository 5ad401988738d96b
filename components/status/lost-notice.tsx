'use client';

import type { RoomView, Status } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { strings } from '../strings.ts';
import type { NoticeActions } from './notice-actions.ts';
import { Notice, type NoticeProps } from './notice.tsx';

export interface LostNoticeProps {
  status: Extract<Status, { kind: 'lost' }>;
  view: RoomView;
  actions: NoticeActions;
}

/** Why this page is out of the room, what became of the text, and what can be done with it. */
export function LostNotice({ status, view, actions }: LostNoticeProps) {
  return <Notice tone="error" {...lostNotice(status, view, actions)} />;
}

function lostNotice(
  status: LostNoticeProps['status'],
  view: RoomView,
  actions: NoticeActions,
): Omit<NoticeProps, 'tone'> & Partial<NoticeProps> {
  const t = layerStrings.lost;
  const copy = { words: strings.notice.copyText, run: actions.copyText };
  const room = { words: strings.notice.newRoomWithIt, run: actions.newRoomWithIt };
  const download = { words: strings.details.download, run: actions.download };
  const reload = { words: strings.notice.reload, run: actions.reload };
  switch (status.reason) {
    case 'revoked':
    case 'expired':
    case 'missing':
    case 'refused':
      return { lead: t[status.reason], text: t.notArrived(view.unsaved), actions: [copy, room] };
    case 'removed':
      return {
        lead: t.removed,
        text: view.unsaved > 0 ? t.removedRest : t.notArrived(0),
        actions: [copy, room],
      };
    case 'password': {
      // Both keep the text: what did not arrive is in the journal, and comes back behind the password.
      const enter = { words: t.enterPassword, run: actions.reload };
      const actionsNow = view.unsaved > 0 ? [copy, enter] : [enter, copy];
      return { lead: t.password, text: t.notArrived(view.unsaved), actions: actionsNow };
    }
    case 'signIn':
      return { lead: t.signIn, text: t.signInRest, actions: [copy, download] };
    case 'deleted':
      return {
        lead: t.deleted,
        text: t.deletedRest,
        actions: [{ words: strings.notice.download, run: actions.download }, room],
      };
    case 'updated':
      return view.unsaved > 0 && view.journal !== 'ok'
        ? { lead: t.updated, text: t.updatedRestCopy, actions: [copy, reload] }
        : { tone: 'info', lead: t.updated, text: t.updatedRest, actions: [reload] };
    default:
      return unknown(status.reason);
  }
}

function unknown(reason: never): never {
  throw new Error(`No words for ${String(reason)}`);
}
