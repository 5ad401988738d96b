'use client';

import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { RoomTools } from '../room/room-tools.ts';
import { Button } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { usePhone } from '../ui/use-phone.ts';
import { ChangeWalk } from './change-walk.tsx';
import type { HistoryModel } from './history-model.ts';
import type { HistoryState } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import { HistoryTimeline } from './history-timeline.tsx';
import { MomentActs } from './moment-acts.tsx';
import { MomentInfo } from './moment-info.tsx';
import type { PastEditor } from './past-editor.ts';
import { PastText } from './past-text.tsx';
import { PlayButton } from './play-button.tsx';
import { useHistory } from './use-history.ts';

/** The drawer with the room's whole past: a timeline, who and when, and what can be done with a moment. */
export function HistoryBar({ tools }: { tools: RoomTools }) {
  const history = useHistory(tools);
  const area = useRef<HTMLElement>(null);
  const close = () => {
    // Only when the past is gone can the text take the focus.
    flushSync(() => tools.show({ drawer: null }));
    tools.editor()?.focus();
  };
  useEscape(area, close);
  return (
    <Frame area={area}>
      {history !== null && <Opened tools={tools} model={history.model} state={history.state} onClose={close} />}
    </Frame>
  );
}

interface OpenedProps {
  tools: RoomTools;
  model: HistoryModel;
  state: HistoryState;
  onClose: () => void;
}

function Opened({ tools, model, state, onClose }: OpenedProps) {
  const { known, shown, content } = state;
  const [editor, setEditor] = useState<PastEditor | null>(null);
  const phone = usePhone();
  const live = tools.editor();
  const top = <TopActs tools={tools} model={model} state={state} />;
  const cover = live !== null && content !== null && shown.kind !== 'now' && (
    <PastText tools={tools} live={live} model={model} content={content} onEditor={setEditor} onEscape={onClose} />
  );
  const isEmpty = known.kind === 'known' && model.newest === 0;
  return (
    <>
      {!phone && (
        <InSlot name="bar">
          {top}
          <Button onClick={onClose}>{historyStrings.backToNow}</Button>
        </InSlot>
      )}
      {cover}
      {known.kind !== 'known' || isEmpty ? (
        <Instead model={model} state={state} />
      ) : (
        <>
          <PlayButton model={model} state={state} />
          <HistoryTimeline model={model} state={state} known={known} />
          <div className="grid w-70 flex-none content-center gap-0.75 max-tablet:w-auto max-tablet:min-w-0 max-tablet:flex-1">
            {content?.kind === 'changes' && shown.kind === 'comparing' && !state.waiting && (
              <ChangeWalk
                key={`${content.changes.from} ${content.changes.to}`}
                marked={content.marked}
                editor={editor}
              />
            )}
            <MomentInfo model={model} state={state} />
            {!phone && (
              <div className="mt-1.75">
                <MomentActs
                  tools={tools}
                  model={model}
                  state={state}
                  versions={known.versions}
                  editor={editor}
                  onClose={onClose}
                />
              </div>
            )}
          </div>
        </>
      )}
      {phone && <Button onClick={onClose}>{historyStrings.backToNow}</Button>}
      {phone && (
        <div className="flex w-full items-center gap-2 overflow-x-auto py-1">
          {known.kind === 'known' && !isEmpty && (
            <MomentActs
              tools={tools}
              model={model}
              state={state}
              versions={known.versions}
              editor={editor}
              onClose={onClose}
            />
          )}
          {top}
        </div>
      )}
    </>
  );
}

/** Compare and undo a person: in the top bar, or in the sheet on a phone. */
function TopActs({ tools, model, state }: Omit<OpenedProps, 'onClose'>) {
  const { shown } = state;
  const comparing = shown.kind === 'comparing';
  const toggle = () => {
    if (comparing) model.seek(shown.to);
    else if (shown.kind === 'now') model.compare(model.burst(model.newest, -1), model.newest);
    else model.compare(shown.rev, model.newest);
  };
  const hasPast = model.newest > 0;
  return (
    <div className="flex flex-none items-center gap-2">
      {hasPast && (
        <Button
          look="quiet"
          aria-pressed={comparing}
          onClick={toggle}
          className="aria-pressed:bg-selected aria-pressed:text-ink"
        >
          {historyStrings.compare}
        </Button>
      )}
      {hasPast && tools.view.canEdit && (
        <Button look="quiet" onClick={() => tools.show({ dialog: 'undoPerson' })}>
          {historyStrings.undoPerson}
        </Button>
      )}
    </div>
  );
}

/** What stands there as long as there is no timeline. */
function Instead({ model, state: { known } }: { model: HistoryModel; state: HistoryState }) {
  switch (known.kind) {
    case 'loading':
      return <p className="past-late m-auto text-ink-2">{historyStrings.loading}</p>;
    case 'failed':
      return (
        <p role="alert" className="m-auto flex flex-wrap items-center justify-center gap-3">
          {known.words}
          <Button small onClick={() => void model.load()}>
            {historyStrings.faults.retry}
          </Button>
        </p>
      );
    case 'known':
      return <p className="m-auto text-md text-ink-2">{historyStrings.empty}</p>;
  }
}

function Frame({ area, children }: { area: RefObject<HTMLElement | null>; children: ReactNode }) {
  return (
    <footer
      ref={area}
      aria-label={historyStrings.label}
      className="flex h-33 min-w-0 items-center gap-4 border-t border-line bg-surface px-5 pt-3.5 pb-4 max-tablet:h-50 max-tablet:flex-wrap max-tablet:content-center max-tablet:gap-x-3.5 max-tablet:gap-y-2 max-tablet:px-4 max-tablet:py-3 max-tablet:*:data-[testid=timeline]:order-first max-tablet:*:data-[testid=timeline]:flex-[0_0_100%]"
    >
      {children}
    </footer>
  );
}
