'use client';

import { useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { ownLinks } from '../room/known-rooms.ts';
import { Notice } from '../status/notice.tsx';
import { copyText } from './copy.ts';
import { linkOf } from './room-links.ts';

export interface OwnerNoticeProps {
  /** The room's edit token. */
  token: string;
  onSay: (words: string) => void;
  onDone: () => void;
}

/** Tells whoever made the room of the one link that is worth keeping. */
export function OwnerNotice({ token, onSay, onDone }: OwnerNoticeProps) {
  const [refused, setRefused] = useState(false);
  const owner = ownLinks(token)?.owner;
  const t = layerStrings.share;
  if (owner === undefined) return null;
  const copy = async () => {
    if (!(await copyText(linkOf(owner)))) return setRefused(true);
    onSay(t.ownerLinkCopied);
    onDone();
  };
  // Where the browser does not copy, the link stands there to be selected.
  const text = refused ? linkOf(owner) : t.owner;
  return (
    <Notice tone="info" text={text} actions={[{ words: t.ownerCopy, run: () => void copy() }]} onDismiss={onDone} />
  );
}
