import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { caretsIn, haveMoved } from '../editor/remote-carets.ts';
import { inkOf } from '../people/colors.ts';
import { valueStore, type ValueStore } from '../ui/value-store.ts';
import { whereabouts } from './around.ts';
import { nearestOutside, type Nearby, type Spot } from './nearest.ts';

/** The rail follows at this pace, in ms: it is seen from the corner of the eye, and typing must not pay for it. */
const PACE_MS = 200;

/** The nearest person out of sight who is editing; null for nobody. */
export const nearby: ValueStore<Nearby | null> = valueStore<Nearby | null>(null);

interface Tick {
  color: number;
  /** Part of the rail's height, 0 to 1. */
  at: number;
}

interface Look {
  ticks: Tick[];
  nearest: Nearby | null;
  /** Width of the scroll bar, px. */
  bar: number;
}

/**
 * PresenceRail: ticks beside everybody's line at the text's end edge; and who is the nearest out of sight, for NearbyHint.
 * A keystroke only asks for a look, which comes a few times in a second at the most and takes O(people × log lines).
 */
export function surroundings(): Extension {
  return [plugin, theme];
}

const plugin = ViewPlugin.fromClass(
  class {
    private readonly view: EditorView;
    private readonly rail: HTMLElement;
    private readonly stopPlaces: () => void;
    private timer: ReturnType<typeof setTimeout> | null = null;

    constructor(view: EditorView) {
      this.view = view;
      this.rail = document.createElement('div');
      this.rail.className = 'tandem-rail';
      // What it shows is said in the list of people.
      this.rail.setAttribute('aria-hidden', 'true');
      view.dom.append(this.rail);
      view.scrollDOM.addEventListener('scroll', this.soon, { passive: true });
      this.stopPlaces = whereabouts.subscribe(this.soon);
      this.soon();
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.geometryChanged || haveMoved(update.startState, update.state)) this.soon();
    }

    destroy(): void {
      if (this.timer !== null) clearTimeout(this.timer);
      this.stopPlaces();
      this.view.scrollDOM.removeEventListener('scroll', this.soon);
      this.rail.remove();
      nearby.set(null);
    }

    private readonly soon = (): void => {
      this.timer ??= setTimeout(() => {
        this.timer = null;
        this.view.requestMeasure({ key: this, read: look, write: (seen) => this.draw(seen) });
      }, PACE_MS);
    };

    private draw({ ticks, nearest, bar }: Look): void {
      while (this.rail.childElementCount > ticks.length) this.rail.lastElementChild?.remove();
      while (this.rail.childElementCount < ticks.length) this.rail.append(document.createElement('i'));
      this.rail.style.setProperty('--bar', `${bar}px`);
      for (const [index, { color, at }] of ticks.entries()) {
        const tick = this.rail.children[index];
        if (!(tick instanceof HTMLElement)) continue;
        tick.style.setProperty('--a', inkOf(color));
        tick.style.top = `${(at * 100).toFixed(2)}%`;
      }
      if (!isSame(nearest, nearby.get())) nearby.set(nearest);
    }
  },
);

function look(view: EditorView): Look {
  const { scrollDOM } = view;
  const height = Math.max(view.contentHeight, scrollDOM.clientHeight);
  const places = whereabouts.get();
  const ticks: Tick[] = [];
  const editing: Spot[] = [];
  for (const { author, name, color, ranges } of caretsIn(view.state)) {
    const head = ranges.at(-1)?.[1];
    if (head === undefined) continue;
    const { top, bottom } = spotOf(view, head);
    ticks.push({ color, at: Math.min(1, (top + bottom) / 2 / height) });
    if (places.get(author)?.editing === true) editing.push({ authors: [author], name, color, top, bottom });
  }
  return {
    ticks,
    nearest: nearestOutside(editing, scrollDOM.scrollTop, scrollDOM.scrollTop + scrollDOM.clientHeight),
    bar: scrollDOM.offsetWidth - scrollDOM.clientWidth,
  };
}

/** From the height map, which is a guess for what was never drawn; of a line of many rows the one that the caret is in, about. */
function spotOf(view: EditorView, head: number): { top: number; bottom: number } {
  const block = view.lineBlockAt(head);
  const top = view.documentPadding.top + block.top;
  const row = Math.min(block.height, view.defaultLineHeight);
  const part = block.length === 0 ? 0 : (head - block.from) / block.length;
  const down = (block.height - row) * part;
  return { top: top + down, bottom: top + down + row };
}

function isSame(a: Nearby | null, b: Nearby | null): boolean {
  if (a === null || b === null) return a === b;
  return a.name === b.name && a.color === b.color && a.side === b.side && a.authors[0] === b.authors[0];
}

const theme = EditorView.baseTheme({
  '.tandem-rail': {
    position: 'absolute',
    insetBlock: '12px',
    insetInlineEnd: 'calc(6px + var(--bar, 0px))',
    width: '10px',
    pointerEvents: 'none',
    zIndex: '1',
  },
  '.tandem-rail > i': {
    position: 'absolute',
    insetInline: '0',
    height: '3px',
    marginBlockStart: '-1.5px',
    borderRadius: '2px',
    background: 'var(--a)',
  },
  '@media (max-width: 640px)': { '.tandem-rail': { width: '6px', insetInlineEnd: 'calc(2px + var(--bar, 0px))' } },
  '@media (forced-colors: active)': { '.tandem-rail > i': { background: 'CanvasText', forcedColorAdjust: 'none' } },
});
