'use client';

import { useRef, type PointerEvent } from 'react';
import { usePhone } from '../ui/use-phone.ts';
import type { HistoryModel } from './history-model.ts';
import type { HistoryState, Known } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import { dateWords, stopWords, whenWords } from './moment-words.ts';
import type { TimeAxis } from './time-axis.ts';
import { TimelineBars } from './timeline-bars.tsx';
import { TimelineHead } from './timeline-head.tsx';
import { VersionFlags } from './version-flags.tsx';

/** Bars on a wide screen, and on a phone. */
const BARS = { wide: 150, phone: 72 };
/** Dates stand no nearer to each other than this share of the timeline. */
const DATE_ROOM = { wide: 0.12, phone: 0.24 };

export interface HistoryTimelineProps {
  model: HistoryModel;
  state: HistoryState;
  known: Extract<Known, { kind: 'known' }>;
}

/** Which head: the only one or the later one, or the earlier one of two. */
type Head = 'to' | 'from';

/** The whole history as a slider: bars of edits, days, names of versions, and one head or two. */
export function HistoryTimeline({ model, state, known }: HistoryTimelineProps) {
  const { shown, stop } = state;
  const { axis, timeline, versions } = known;
  const phone = usePhone();
  const track = useRef<HTMLDivElement>(null);
  const inputs = { from: useRef<HTMLInputElement>(null), to: useRef<HTMLInputElement>(null) };
  const dragged = useRef<Head | null>(null);
  const comparing = shown.kind === 'comparing' ? shown : null;
  const rev = shown.kind === 'now' ? axis.rev : shown.kind === 'comparing' ? shown.to : shown.rev;

  const seek = (head: Head, to: number) => {
    if (comparing === null) return model.seek(to);
    // The heads do not pass each other.
    if (head === 'from') model.compare(Math.min(to, comparing.to - 1), comparing.to);
    else model.compare(comparing.from, Math.max(to, comparing.from + 1));
  };
  const placeOf = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 1;
    const place = (event.clientX - box.left) / box.width;
    const mirrored = track.current !== null && getComputedStyle(track.current).direction === 'rtl';
    return mirrored ? 1 - place : place;
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const place = placeOf(event);
    const isNearFrom =
      comparing !== null &&
      Math.abs(place - axis.placeOf(comparing.from)) < Math.abs(place - axis.placeOf(comparing.to));
    const head = isNearFrom ? 'from' : 'to';
    dragged.current = head;
    track.current?.setPointerCapture(event.pointerId);
    inputs[head].current?.focus({ preventScroll: true });
    seek(head, axis.revAt(place));
  };
  const move = (event: PointerEvent) => {
    if (dragged.current !== null) seek(dragged.current, axis.revAt(placeOf(event)));
  };
  const up = () => {
    dragged.current = null;
  };

  const words = (at: number) => {
    if (at >= axis.rev) return historyStrings.stopNow(at);
    if (stop?.rev === at) return stopWords(at, stop.author, stop.at);
    return historyStrings.stopAbout(at, whenWords(axis.timeOf(at)));
  };
  const head = (name: Head, label: string, at: number) => (
    <TimelineHead
      input={inputs[name]}
      label={label}
      rev={at}
      newest={axis.rev}
      place={axis.placeOf(at)}
      words={words(at)}
      onSeek={(to) => seek(name, to)}
      onBurst={(step) => seek(name, model.burst(at, step))}
    />
  );
  return (
    <div
      ref={track}
      data-testid="timeline"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      className="relative h-19 min-w-0 flex-1 cursor-pointer touch-none select-none max-tablet:h-16"
    >
      <div className="absolute inset-x-0 top-3.5 bottom-4.5">
        <TimelineBars axis={axis} timeline={timeline} count={phone ? BARS.phone : BARS.wide} />
        {comparing !== null && <Dim from={0} to={axis.placeOf(comparing.from)} />}
        <Dim from={axis.placeOf(rev)} to={1} />
      </div>
      <VersionFlags versions={versions} axis={axis} onSeek={(to) => model.seek(to)} />
      {comparing !== null && head('from', historyStrings.sliderFrom, comparing.from)}
      {head('to', comparing === null ? historyStrings.slider : historyStrings.sliderTo, rev)}
      <Dates axis={axis} room={phone ? DATE_ROOM.phone : DATE_ROOM.wide} />
    </div>
  );
}

/** What lies outside of what is shown steps back. */
function Dim({ from, to }: { from: number; to: number }) {
  return (
    <span
      style={{ insetInlineStart: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` }}
      className="pointer-events-none absolute inset-y-0 bg-[color-mix(in_oklab,var(--surface)_72%,transparent)]"
    />
  );
}

function Dates({ axis, room }: { axis: TimeAxis; room: number }) {
  const days = apart(axis.days(), room);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 -bottom-1 h-3.5 text-2xs text-ink-3">
      <span className="absolute start-0">{whenWords(axis.timeOf(1))}</span>
      {days.map(({ place, at }) => (
        <span key={at} style={{ insetInlineStart: `${place * 100}%` }} className="absolute">
          {dateWords(at)}
        </span>
      ))}
      <span className="absolute end-0">{historyStrings.now}</span>
    </div>
  );
}

/** Those places that are as far from each other, and from both ends, as their words need. */
function apart<Place extends { place: number }>(places: readonly Place[], room: number): Place[] {
  const kept: Place[] = [];
  for (const one of places) {
    if (one.place >= (kept.at(-1)?.place ?? 0) + room && one.place <= 1 - room) kept.push(one);
  }
  return kept;
}
