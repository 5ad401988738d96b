import { memo } from 'react';
import { inkOf } from '../people/colors.ts';
import type { Timeline } from './history-types.ts';
import type { TimeAxis } from './time-axis.ts';

/** Units of the picture; it is stretched to whatever place there is. */
const BAR = 6;
const GAP = 1.6;
const HEIGHT = 44;
/** What is hardly anything still shows. */
const LOWEST = 1.5;

export interface TimelineBarsProps {
  axis: TimeAxis;
  timeline: Timeline;
  count: number;
}

/** How much was written when and by whom: bars of edits, stacked in the colours of their authors. */
export const TimelineBars = memo(function TimelineBars({ axis, timeline, count }: TimelineBarsProps) {
  const colors = new Map(timeline.authors.map(({ author, color }) => [author, color]));
  const bars = axis.bars(count).map(({ edits }) => byColor(edits, colors));
  const most = Math.max(1, ...bars.map(({ all }) => all));
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${count * BAR} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block size-full rtl:-scale-x-100"
    >
      {bars.map(({ all, parts }, index) => {
        // By the root, or one afternoon would make everything else invisible.
        const height = all === 0 ? 0 : Math.max(LOWEST, Math.sqrt(all / most) * HEIGHT);
        let top = HEIGHT;
        return parts.map(([color, many]) => {
          const part = (many / all) * height;
          top -= part;
          return (
            <rect
              key={`${index} ${color}`}
              x={index * BAR}
              y={top}
              width={BAR - GAP}
              height={part}
              fill={inkOf(color)}
            />
          );
        });
      })}
    </svg>
  );
}, isSamePicture);

/** A room that goes on has a new axis with each letter, but its picture changes with its timeline only. */
function isSamePicture(one: TimelineBarsProps, other: TimelineBarsProps): boolean {
  return one.timeline === other.timeline && one.count === other.count;
}

function byColor(edits: readonly (readonly [number, number])[], colors: ReadonlyMap<number, number>) {
  const sums = new Map<number, number>();
  let all = 0;
  for (const [author, many] of edits) {
    const color = colors.get(author) ?? 1;
    sums.set(color, (sums.get(color) ?? 0) + many);
    all += many;
  }
  return { all, parts: [...sums].sort(([one], [other]) => one - other) };
}
