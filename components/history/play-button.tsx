import { Pause, Play } from 'lucide-react';
import type { HistoryModel } from './history-model.ts';
import type { HistoryState } from './history-state.ts';
import { historyStrings } from './history-strings.ts';

/** Plays what happened, faster on demand. */
export function PlayButton({ model, state }: { model: HistoryModel; state: HistoryState }) {
  const playing = state.shown.kind === 'playing';
  const words = playing ? historyStrings.pause : historyStrings.play;
  return (
    <div className="grid flex-none justify-items-center gap-1 max-tablet:flex max-tablet:items-center">
      <button
        type="button"
        aria-label={words}
        title={words}
        onClick={() => (playing ? model.pause() : void model.play())}
        className="touch grid size-10 place-items-center rounded-full bg-selected text-ink-2 hover:text-ink"
      >
        {playing ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
      </button>
      <button
        type="button"
        aria-label={historyStrings.speedLabel(state.speed)}
        onClick={() => model.nextSpeed()}
        className="touch min-w-8 rounded-sm px-1 text-xs font-semibold text-ink-2 hover:bg-hover"
      >
        {historyStrings.speed(state.speed)}
      </button>
    </div>
  );
}
