'use client';

import { useEffect, useRef, useState } from 'react';
import type { RoomTools, ToolPart } from '../room/room-tools.ts';
import { lazyPart, Part } from '../ui/lazy-part.tsx';
import { rememberLeaving } from './remember-leaving.ts';
import type { VisitOfferProps } from './visit-offer.tsx';
import { lastVisit } from './visits.ts';

const offer = lazyPart<VisitOfferProps>(
  () => import('../room/part-files.ts').then((files) => files.visitOffer()),
  'when-used',
);

/** Remembers each visit; fetches the offer to show what was missed if the room has gone on since the last one. */
function VisitGate({ tools }: { tools: RoomTools }) {
  const { view } = tools;
  const [first] = useState(() => ({ visit: lastVisit(view.token), rev: view.rev }));
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => rememberLeaving(() => latest.current), []);
  const { visit, rev } = first;
  return visit !== null && visit.rev < rev ? <Part part={offer} props={{ tools, visit }} /> : null;
}

/** Always there, and next to nothing. */
export const visitGate: ToolPart = { fetch: () => Promise.resolve(VisitGate), here: () => VisitGate };
