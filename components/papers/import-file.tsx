'use client';

import { useRef, useSyncExternalStore } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { insertFile, replaceByFile, takeFile } from '../room/take-file.ts';
import { size, strings } from '../strings.ts';
import { Button } from '../ui/button.tsx';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { importQuestion } from './import-question.ts';
import { paperStrings } from './paper-strings.ts';

/** Brings a file in: asks for one, and, where there is a text already, what to do with it. */
export function ImportFile({ tools, onClose }: DialogProps) {
  const trigger = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const question = useSyncExternalStore(importQuestion.subscribe, importQuestion.get);
  const { client, editor, show, say, warn } = tools;
  const end = () => {
    importQuestion.set(null);
    onClose();
  };
  const answer = (run: typeof insertFile) => () => {
    const text = editor();
    end();
    if (question === null || text === null || client === null) return;
    const space = client.fits([question.text]);
    if (run === insertFile && !space.ok) return warn(strings.notice.fileTooLong(size(space.size), size(space.rest)));
    // Once the dialog has given the focus back.
    requestAnimationFrame(() => run(text, question));
  };
  const choose = (file: File | undefined) => {
    if (file === undefined) return;
    onClose();
    const drop = { client, view: editor, show, say, onRefused: warn };
    takeFile(drop, file, null).catch(() => warn(strings.notice.dropFailed));
  };
  const label = question === null ? paperStrings.importFile : paperStrings.askHeading(question.name);
  return (
    <DialogLayer triggerRef={trigger} label={label} onClose={end}>
      <div className="grid gap-3 p-5">
        <h2 className="text-xl leading-tight font-bold break-words">{label}</h2>
        {question === null ? (
          <>
            <p className="text-md text-ink-2">{paperStrings.chooseHelp}</p>
            <input
              ref={field}
              type="file"
              aria-label={paperStrings.chooseFile}
              className="sr-only"
              tabIndex={-1}
              onChange={(event) => choose(event.currentTarget.files?.[0])}
            />
            <div className="flex flex-wrap gap-2">
              <Button look="primary" autoFocus onClick={() => field.current?.click()}>
                {paperStrings.chooseFile}
              </Button>
              <Button look="quiet" onClick={end}>
                {paperStrings.cancel}
              </Button>
            </div>
          </>
        ) : (
          <>
            <p className="text-md text-ink-2">
              {paperStrings.ask} {paperStrings.replaceHelp}
            </p>
            <div className="flex flex-wrap gap-2">
              <Button look="primary" autoFocus onClick={answer(insertFile)}>
                {question.at === null ? paperStrings.insert : paperStrings.insertHere}
              </Button>
              <Button onClick={answer(replaceByFile)}>{paperStrings.replace}</Button>
              <Button look="quiet" onClick={end}>
                {paperStrings.cancel}
              </Button>
            </div>
          </>
        )}
      </div>
    </DialogLayer>
  );
}
