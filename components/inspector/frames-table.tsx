'use client';

import { useLayoutEffect, useRef } from 'react';
import type { Frame } from './frame-log.ts';
import { inspectorStrings as t } from './inspector-strings.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** Within this many pixels of the end, whoever reads wants to see what comes. */
const AT_END = 40;

/** The frames, newest last; stays at the end unless somebody has scrolled up. */
export function FramesTable({ frames }: { frames: readonly Frame[] }) {
  const area = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const box = area.current;
    if (box !== null && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [frames]);
  const cell = 'overflow-hidden px-1 text-ellipsis';
  return (
    <ScrollRegion
      ref={area}
      role="region"
      aria-label={t.about}
      onScroll={({ currentTarget: box }) => {
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END;
      }}
      className="min-h-0 flex-1 overflow-auto px-3 pb-2 outline-offset-[-2px]"
    >
      <table className="w-full table-fixed font-mono text-xs leading-6 whitespace-nowrap">
        <thead className="sticky top-0 bg-surface font-ui text-ink-3">
          <tr className="border-b border-line text-start">
            <th className="w-24 px-1 text-start font-normal">{t.columns.time}</th>
            <th className="w-6 px-1 text-start font-normal">
              <span className="sr-only">{t.columns.way}</span>
            </th>
            <th className="w-17 px-1 text-start font-normal">{t.columns.kind}</th>
            <th className="w-17 px-1 text-start font-normal">{t.columns.size}</th>
            <th className="w-20 px-1 text-start font-normal max-tablet:hidden">{t.columns.trip}</th>
            <th className="px-1 text-start font-normal">{t.columns.content}</th>
          </tr>
        </thead>
        <tbody>
          {frames.map(({ id, at, out, kind, bytes, roundTrip, rev, content }) => (
            <tr key={id} data-testid="frame" data-kind={kind} data-way={out ? 'out' : 'in'}>
              <td className={`${cell} text-ink-3`}>{new Date(at).toISOString().slice(14, 23)}</td>
              <td className={out ? 'px-1 text-ink-2' : 'px-1 text-accent'}>
                <span aria-hidden="true">{out ? '↑' : '↓'}</span>
                <span className="sr-only">{out ? t.sent : t.received}</span>
              </td>
              <td className={cell}>{kind}</td>
              <td className={`${cell} text-ink-2`}>{t.bytes(bytes)}</td>
              <td className={`${cell} text-ink-2 max-tablet:hidden`}>
                {roundTrip === null ? '' : t.ms(Math.round(roundTrip))}
              </td>
              <td className={cell} title={content}>
                {rev !== null && <span className="text-ink-3">rev {rev} </span>}
                {content}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {frames.length === 0 && <p className="px-1 py-4 text-ink-2">{t.empty}</p>}
    </ScrollRegion>
  );
}
