'use client';

import { useRef, useState } from 'react';
import { DEFAULT_LANGUAGE } from '../editor/language-guess.ts';
import { downloadRoom, fileName, saveFile } from '../room/download.ts';
import type { DialogProps } from '../room/room-tools.ts';
import { strings } from '../strings.ts';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { htmlFile } from './html-file.ts';
import { makePaper } from './make-paper.ts';
import { paperStrings } from './paper-strings.ts';
import { plainWords } from './plain-words.ts';

type Kind = keyof typeof paperStrings.kinds;
const KINDS: readonly Kind[] = ['md', 'txt', 'html', 'pdf'];

/** Which kind of file the person wants. */
export function DownloadAs({ tools, onClose }: DialogProps) {
  const trigger = useRef<HTMLElement>(null);
  const [making, setMaking] = useState<Kind | null>(null);
  const { client, language, show, warn } = tools;
  const choose = (kind: Kind) => async () => {
    if (client === null || making !== null) return;
    if (kind === 'pdf') return show({ dialog: 'print' });
    setMaking(kind);
    try {
      await makeFile(kind, client, language);
    } catch {
      warn(paperStrings.exportFailed);
    }
    onClose();
  };
  return (
    <DialogLayer triggerRef={trigger} label={paperStrings.downloadAs} onClose={onClose}>
      <div className="grid gap-1 p-3">
        <h2 className="px-2 py-1 text-xl leading-tight font-bold">{paperStrings.downloadAs}</h2>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            autoFocus={kind === 'md'}
            onClick={() => void choose(kind)()}
            className="touch-row grid rounded-sm px-2 py-2 text-start hover:bg-hover"
          >
            <span className="text-md font-semibold">{paperStrings.kinds[kind].name}</span>
            <span className="text-ink-2">{making === kind ? paperStrings.making : paperStrings.kinds[kind].help}</span>
          </button>
        ))}
      </div>
    </DialogLayer>
  );
}

async function makeFile(
  kind: Exclude<Kind, 'pdf'>,
  client: NonNullable<DialogProps['tools']['client']>,
  language: string,
): Promise<void> {
  const { title } = client.view();
  const text = client.text();
  switch (kind) {
    case 'md':
      if (language === DEFAULT_LANGUAGE) return downloadRoom(client);
      return saveFile(new Blob([text], { type: 'text/markdown;charset=utf-8' }), nameWith(title, 'md'));
    case 'txt': {
      const words = language === DEFAULT_LANGUAGE ? plainWords(await makePaper(text, language, null)) : text;
      return saveFile(new Blob([words], { type: 'text/plain;charset=utf-8' }), nameWith(title, 'txt'));
    }
    case 'html': {
      const page = await htmlFile(text, language, title === '' ? strings.title.untitled : title);
      return saveFile(new Blob([page], { type: 'text/html;charset=utf-8' }), nameWith(title, 'html'));
    }
  }
}

/** The title with this ending, whatever ending it has. */
function nameWith(title: string, ending: string): string {
  return fileName(title.replace(/\.[A-Za-z0-9]{1,8}$/, ''), ending);
}
