'use client';

import { Download, Eraser, Flag, Link } from 'lucide-react';
import { fetchDownload } from '../room/fetch-download.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { copyText } from '../share/copy.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { lazyLayer, useLayer } from '../ui/lazy-layer.tsx';
import type { HistoryModel } from './history-model.ts';
import { pastRev, type HistoryState } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import type { Version } from './history-types.ts';
import { momentLink, tokenToGive } from './moment-link.ts';
import { dateWords } from './moment-words.ts';
import type { NameMomentProps } from './name-moment.tsx';
import type { PastEditor } from './past-editor.ts';
import { redactStrings } from './redact-strings.ts';
import { ownerTokenOf, wishToRedact } from './redact-wish.ts';
import { restore } from './restore.ts';

const nameLayer = lazyLayer<NameMomentProps>(() => import('./name-moment.tsx').then((file) => file.NameMoment));

export interface MomentActsProps {
  tools: RoomTools;
  model: HistoryModel;
  state: HistoryState;
  versions: readonly Version[];
  editor: PastEditor | null;
  /** Back to the text now. */
  onClose: () => void;
}

/** What can be done with the moment that is shown: restore it, name it, give its link away, take its text along. */
export function MomentActs({ tools, model, state, versions, editor, onClose }: MomentActsProps) {
  const { client, view, say, warn } = tools;
  const { shown, content, waiting } = state;
  const naming = useLayer(nameLayer);
  const past = pastRev(shown);
  if (shown.kind === 'comparing') return null;
  const rev = past ?? model.newest;
  const version = versions.find((one) => one.rev === rev) ?? null;
  const isHere = past === null || (content?.kind === 'moment' && !waiting);
  const text = () => (past === null ? client?.text() : editor?.text()) ?? '';

  const restoreIt = () => {
    model.pause();
    const now = model.get();
    if (now.content?.kind !== 'moment' || now.content.moment.rev !== pastRev(now.shown)) return;
    if (restore(tools, model.api, now.content.moment)) onClose();
  };
  const copyLink = async () => {
    try {
      const token = await tokenToGive(view.token, view.role);
      if (token === null) return warn(historyStrings.noLink);
      if (await copyText(momentLink(token, rev))) say(historyStrings.linkCopied);
      else warn(historyStrings.linkNotCopied);
    } catch {
      warn(historyStrings.faults.unreachable);
    }
  };
  const download = () => {
    const title = `${view.title} ${dateWords(state.stop?.at ?? Date.now())}`.trim();
    fetchDownload().then(
      ({ downloadText }) => downloadText(text(), title),
      () => warn(historyStrings.faults.unreachable),
    );
  };
  return (
    <div className="flex items-center gap-1.5 max-tablet:gap-2">
      {view.canEdit && past !== null && (
        <Button small look="primary" disabled={!isHere} onClick={restoreIt}>
          {historyStrings.restore}
        </Button>
      )}
      {view.canEdit && (
        <Button small ref={naming.ref} {...naming.props} onClick={naming.toggle}>
          <Flag size={14} aria-hidden="true" />
          {version === null ? historyStrings.name : historyStrings.rename}
        </Button>
      )}
      <IconButton
        label={historyStrings.link}
        className="size-7! inset-ring inset-ring-line-strong"
        onClick={() => void copyLink()}
      >
        <Link size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={historyStrings.download}
        disabled={!isHere}
        className="size-7! inset-ring inset-ring-line-strong"
        onClick={download}
      >
        <Download size={14} aria-hidden="true" />
      </IconButton>
      {ownerTokenOf(tools) !== null && (
        <IconButton
          label={redactStrings.action}
          disabled={!isHere}
          className="size-7! inset-ring inset-ring-line-strong"
          // What is selected stays so.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => wishToRedact(tools, past === null || editor === null ? null : { rev, view: editor.view })}
        >
          <Eraser size={14} aria-hidden="true" />
        </IconButton>
      )}
      {naming.render({ api: model.api, rev, version, say, onDone: () => void model.load() })}
    </div>
  );
}
