'use client';

import { X } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useEffect, useRef } from 'react';
import { writeStored } from '../ui/browser-store.ts';
import { IconButton } from '../ui/button.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { Part } from '../ui/lazy-part.tsx';
import type { RoomTools } from '../room/room-tools.ts';
import { LAST_TAB_KEY } from './last-tab.ts';
import { panelStrings } from './panel-strings.ts';
import { TABS } from './tabs.ts';

/** People, chat, comments and outline beside the text: pushes it aside, lies over it on a tablet, and is a sheet on a phone. */
export function SidePanel({ tools }: { tools: RoomTools }) {
  const { surfaces, show, editor } = tools;
  const selected = surfaces.panel ?? 'people';
  useEffect(() => void writeStored(LAST_TAB_KEY, selected), [selected]);
  const panel = useRef<HTMLElement>(null);
  const close = () => {
    show({ panel: null });
    editor()?.focus();
  };
  useEscape(panel, close);
  return (
    <aside
      aria-label={panelStrings.label}
      ref={panel}
      className="panel flex w-(--panel) flex-none flex-col border-s border-line bg-surface max-desktop:absolute max-desktop:inset-y-0 max-desktop:end-0 max-desktop:z-20 max-desktop:shadow-3 max-tablet:inset-x-0 max-tablet:top-auto max-tablet:bottom-0 max-tablet:h-[76dvh] max-tablet:w-auto max-tablet:rounded-t-lg max-tablet:border-s-0 max-tablet:bg-raised"
    >
      <Tabs
        selectedKey={selected}
        onSelectionChange={(key) => {
          const tab = TABS.find(({ name }) => name === key);
          if (tab !== undefined) show({ panel: tab.name });
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="flex h-11 flex-none items-center gap-1 border-b border-line ps-2 pe-1.5">
          <TabList aria-label={panelStrings.label} className="flex min-w-0 flex-1 gap-0.5">
            {TABS.map(({ name, words, Count }) => (
              <Tab
                key={name}
                id={name}
                className="touch cursor-default rounded-sm px-2.5 py-1 font-semibold text-ink-2 hover:bg-hover aria-selected:bg-selected aria-selected:text-ink"
              >
                {words}
                {Count !== undefined && <Count tools={tools} />}
              </Tab>
            ))}
          </TabList>
          <IconButton label={panelStrings.close} onClick={close}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {TABS.map(({ name, part }) => (
          <TabPanel key={name} id={name} className="flex min-h-0 flex-1 flex-col outline-offset-[-2px]">
            <Part part={part} props={{ tools }} />
          </TabPanel>
        ))}
      </Tabs>
    </aside>
  );
}
