import { historyStrings } from './history-strings.ts';
import type { Version } from './history-types.ts';
import type { TimeAxis } from './time-axis.ts';

export interface VersionFlagsProps {
  versions: readonly Version[];
  axis: TimeAxis;
  onSeek: (rev: number) => void;
}

/** The named versions on the timeline; a press goes there. */
export function VersionFlags({ versions, axis, onSeek }: VersionFlagsProps) {
  const places = versions.map(({ rev }) => axis.placeOf(rev));
  return versions.map(({ rev, name }, index) => {
    const place = places[index] ?? 0;
    const room = (places[index + 1] ?? 1) - place;
    return (
      <button
        key={rev}
        type="button"
        aria-label={historyStrings.versions.go(name)}
        title={name}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => onSeek(rev)}
        style={
          place > LAST
            ? { insetInlineEnd: `${(1 - place) * 100}%` }
            : { insetInlineStart: `${place * 100}%`, maxWidth: `max(12px, ${room * 100}%)` }
        }
        className={`absolute top-0 h-6 min-w-3 truncate pb-3 text-2xs leading-3 font-semibold text-ink-2 hover:text-ink ${place > LAST ? 'max-w-24 border-e pe-1' : 'border-s ps-1'} border-line-strong`}
      >
        <bdi>{name}</bdi>
      </button>
    );
  });
}

/** From here on there is no room for a name behind its place: it stands before it. */
const LAST = 0.9;
