import type { ReactNode } from 'react';
import { inkStyle } from '../people/colors.ts';
import { Initials } from '../people/person-chip.tsx';
import type { HistoryModel } from './history-model.ts';
import type { HistoryState } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import { nameOf, whenWords } from './moment-words.ts';

/** Who made what is shown, and when; or why it is not there. */
export function MomentInfo({ model, state }: { model: HistoryModel; state: HistoryState }) {
  const { shown, stop, fault } = state;
  if (fault !== null) return <Lines first={<span className="text-danger">{fault}</span>} />;
  switch (shown.kind) {
    case 'now':
      return (
        <Lines
          first={<b className="font-bold">{historyStrings.atNow}</b>}
          second={historyStrings.revision(model.newest)}
        />
      );
    case 'comparing':
      return <Lines second={historyStrings.between(shown.from, shown.to)} />;
    case 'moment':
    case 'playing': {
      const second = historyStrings.revisionOf(shown.rev, model.newest);
      if (stop === null) {
        return (
          <Lines first={<span className="past-late text-ink-2">{historyStrings.loadingText}</span>} second={second} />
        );
      }
      const name = nameOf(stop.author);
      return (
        <Lines
          first={
            <>
              <span
                aria-hidden="true"
                style={inkStyle(stop.author.color)}
                className="grid size-5 flex-none place-items-center rounded-[4px] bg-(--a) text-[10px] font-bold text-author-ink"
              >
                <Initials name={name} />
              </span>
              <b className="min-w-0 truncate font-bold">
                <bdi>{name}</bdi>
              </b>
              <span className="flex-none text-sm text-ink-2">{whenWords(stop.at)}</span>
            </>
          }
          second={second}
        />
      );
    }
  }
}

function Lines({ first, second }: { first?: ReactNode; second?: string }) {
  return (
    <>
      {first !== undefined && <div className="flex min-h-5 min-w-0 items-center gap-1.75 text-md">{first}</div>}
      {second !== undefined && <div className="text-xs text-ink-2">{second}</div>}
    </>
  );
}
