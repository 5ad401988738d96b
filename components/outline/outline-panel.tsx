'use client';

import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { DEFAULT_LANGUAGE } from '../editor/language-guess.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { isPhone } from '../ui/use-phone.ts';
import { goTo } from './go-to.ts';
import { flat, headingTree, type HeadingNode } from './heading-tree.ts';
import { outlineStrings } from './outline-strings.ts';
import { watchHeadings, type Seen } from './watch-headings.ts';

const NOTHING_SEEN: Seen = { headings: [], current: -1 };

/** The headings of the text; a press goes there, and the one that one is under is marked. */
export function OutlinePanel({ tools }: { tools: RoomTools }) {
  const { language, extend, editor, show } = tools;
  const isMarkdown = language === DEFAULT_LANGUAGE;
  const [{ headings, current }, setSeen] = useState(NOTHING_SEEN);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!isMarkdown) return;
    extend('outline', watchHeadings(setSeen));
    return () => extend('outline', null);
  }, [extend, isMarkdown]);
  const tree = useMemo(() => headingTree(headings), [headings]);
  const all = useMemo(() => flat(tree), [tree]);

  if (!isMarkdown) return <Nothing words={outlineStrings.noHeadings(language)} />;
  if (all.length === 0) return <Nothing words={outlineStrings.empty} />;
  const here = all[current]?.id ?? null;
  const jump = (id: string) => {
    const view = editor();
    const node = all.find((one) => one.id === id);
    if (view === null || node === undefined) return;
    goTo(view, node.heading.from, 'start');
    // The sheet would lie over the heading.
    if (isPhone()) show({ panel: null });
  };
  return (
    <Tree
      aria-label={outlineStrings.label}
      selectionMode="none"
      items={tree}
      dependencies={[here]}
      expandedKeys={all.map(({ id }) => id).filter((id) => !folded.has(id))}
      onExpandedChange={(expanded) => setFolded(new Set(all.map(({ id }) => id).filter((id) => !expanded.has(id))))}
      onAction={(key) => jump(String(key))}
      className="min-h-0 flex-1 overflow-auto p-2 outline-none"
    >
      {(node) => <Branch node={node} here={here} />}
    </Tree>
  );
}

function Branch({ node: { id, heading, children }, here }: { node: HeadingNode; here: string | null }) {
  const words = heading.words === '' ? outlineStrings.untitled : heading.words;
  const current = id === here;
  return (
    <TreeItem
      id={id}
      textValue={words}
      className="cursor-default rounded-sm outline-offset-[-2px] hover:bg-hover focus-visible:outline-2 focus-visible:outline-focus"
    >
      <TreeItemContent>
        {({ level, hasChildItems, isExpanded }) => (
          <div
            aria-current={current ? 'location' : undefined}
            style={{ paddingInlineStart: `${(level - 1) * 12}px` }}
            className={`touch-row flex min-h-8 items-center gap-1 rounded-sm pe-2 ${current ? 'bg-selected font-semibold text-ink' : 'text-ink-2'}`}
          >
            {hasChildItems ? (
              <Button
                slot="chevron"
                aria-label={outlineStrings.fold(words)}
                className="touch grid size-6 flex-none place-items-center rounded-sm text-ink-3 hover:text-ink"
              >
                <ChevronRight
                  size={14}
                  aria-hidden="true"
                  className={`transition-transform duration-(--fast) rtl:-scale-x-100 ${isExpanded ? 'rotate-90' : ''}`}
                />
              </Button>
            ) : (
              <span className="w-6 flex-none" />
            )}
            <span className="min-w-0 truncate py-1 text-md leading-tight">
              <bdi>{words}</bdi>
            </span>
          </div>
        )}
      </TreeItemContent>
      <Collection items={children} dependencies={[here]}>
        {(child) => <Branch node={child} here={here} />}
      </Collection>
    </TreeItem>
  );
}

function Nothing({ words }: { words: string }) {
  return <p className="p-4 text-md leading-normal text-ink-2">{words}</p>;
}
