'use client';

import { X } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { copyText } from '../share/copy.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { InSlot } from '../ui/slot.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { Pretence } from './bad-network.ts';
import { ClientFacts } from './client-facts.tsx';
import type { Frame } from './frame-log.ts';
import { FramesTable } from './frames-table.tsx';
import { inspectorStrings as t } from './inspector-strings.ts';
import { PretenceForm } from './pretence-form.tsx';
import { useInspection } from './use-inspection.ts';

/** The frames of this session as they come and go, what the client makes of them, and a network as bad as one likes. */
export function Inspector({ tools }: { tools: RoomTools }) {
  const { client, show, say, warn } = tools;
  const { log, pretend } = useInspection(tools);
  const [pretence, setPretence] = useState<Pretence>({ kind: 'none' });
  const [held, setHeld] = useState<readonly Frame[] | null>(null);
  const frames = useSyncExternalStore(log.subscribe, log.all, log.all);
  const section = useRef<HTMLElement>(null);
  const close = () => show({ drawer: null });
  useEscape(section, close);
  const change = (next: Pretence) => {
    setPretence(next);
    pretend(next);
  };
  const copy = () => {
    const lines = frames.map(({ at, out, kind, bytes, rev, content }) =>
      [
        new Date(at).toISOString(),
        out ? '->' : '<-',
        kind,
        `${bytes} B`,
        rev === null ? '' : `rev ${rev}`,
        content,
      ].join(' '),
    );
    const report = [navigator.userAgent, JSON.stringify(client?.inspect()), ...lines].join('\n');
    void copyText(report).then((done) => (done ? say(t.copied) : warn(t.notCopied)));
  };
  return (
    <section
      ref={section}
      aria-label={t.title}
      className="grid h-84 min-h-0 grid-cols-[minmax(0,1fr)_300px] overflow-hidden border-t border-line bg-surface max-tablet:fixed max-tablet:inset-0 max-tablet:z-30 max-tablet:h-auto max-tablet:grid-cols-1 max-tablet:grid-rows-[minmax(0,1fr)_auto]"
    >
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex h-11 flex-none items-center gap-2 ps-4 pe-2">
          <h2 className="text-md font-semibold">{t.title}</h2>
          <span className="text-xs text-ink-2 max-tablet:hidden">{t.about}</span>
          <span className="flex-1" />
          <Button look="quiet" small onClick={() => setHeld(held === null ? frames : null)}>
            {held === null ? t.pause : t.goOn}
          </Button>
          <Button look="quiet" small onClick={copy}>
            {t.copy}
          </Button>
        </div>
        <FramesTable frames={held ?? frames} />
      </div>
      <div className="grid content-start gap-2 overflow-auto border-s border-line px-4 py-2 max-tablet:border-s-0 max-tablet:border-t">
        <div className="flex items-center">
          <h2 className="flex-1 font-semibold">{t.client}</h2>
          <IconButton label={t.close} onClick={close}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {client !== null && <ClientFacts now={client.inspect()} roundTrip={log.roundTripP95()} />}
        <PretenceForm now={pretence} onChange={change} />
      </div>
      {pretence.kind !== 'none' && (
        <InSlot name="bar">
          <span role="status" className="rounded-sm bg-brass-tint px-2 py-1 text-xs font-semibold text-brass">
            {t.chip[pretence.kind]}
          </span>
        </InSlot>
      )}
    </section>
  );
}
