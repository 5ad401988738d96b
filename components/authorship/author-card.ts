import { ViewPlugin, EditorView, type ViewUpdate } from '@codemirror/view';
import type { Extension, Line } from '@codemirror/state';
import { inkOf } from '../people/colors.ts';
import { authorField } from './author-field.ts';
import { authorsBetween } from './author-runs.ts';
import { authorWords } from './author-words.ts';
import { authorshipStrings } from './authorship-strings.ts';

/** How near a pointer has to come to the thread, px. */
const NEAR_PX = 9;
/** How long a finger's answer stays, in ms. */
const TOUCH_MS = 4_000;
/** What the card keeps free beside itself, px; if the margin has less room it stands above the line. */
const GAP_PX = 20;
/** Width of the frame around the thread, in CSS pixels, which is three of them wide: no target is smaller. */
const READER_PX = 24;
/** Lines of one press of Page Up or Page Down. */
const PAGE = 10;

/**
 * Says who wrote a line and when: near a pointer or a finger on the thread; and, for keyboards and those who listen, as a
 * slider along the lines, which is one stop of Tab after the text.
 */
export function authorCard(): Extension {
  return [authorField, plugin, theme];
}

const plugin = ViewPlugin.fromClass(
  class {
    private readonly view: EditorView;
    private readonly card = document.createElement('div');
    private readonly reader = document.createElement('div');
    /** The line that the reader is at, from 1. */
    private line = 1;
    /** Runs while a finger's answer stays. */
    private timer: ReturnType<typeof setTimeout> | null = null;
    /** The line that the card speaks of. */
    private shown = 1;

    constructor(view: EditorView) {
      this.view = view;
      this.card.className = 'tandem-author-card';
      // What it says is in the slider's words.
      this.card.setAttribute('aria-hidden', 'true');
      this.card.hidden = true;
      this.reader.className = 'tandem-author-reader';
      this.reader.tabIndex = 0;
      this.reader.setAttribute('role', 'slider');
      this.reader.setAttribute('aria-orientation', 'vertical');
      this.reader.setAttribute('aria-label', authorshipStrings.label);
      this.describe();
      this.reader.addEventListener('focus', () => this.begin());
      this.reader.addEventListener('blur', () => this.hide());
      this.reader.addEventListener('keydown', (event) => this.key(event));
      view.dom.append(this.reader, this.card);
    }

    update({ docChanged, geometryChanged }: ViewUpdate): void {
      if (docChanged && !this.reads()) this.hide();
      else if ((docChanged || geometryChanged) && !this.card.hidden) this.place();
      if (docChanged) this.describe();
    }

    destroy(): void {
      if (this.timer !== null) clearTimeout(this.timer);
      this.reader.remove();
      this.card.remove();
    }

    /** A pointer is at this place of the text. */
    point(event: PointerEvent): void {
      const line = this.lineBeside(event);
      if (line === null) {
        if (event.pointerType !== 'touch') this.left();
        return;
      }
      this.show(line.number);
      if (event.pointerType === 'touch') this.timer = setTimeout(() => this.hide(), TOUCH_MS);
    }

    hide(): void {
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
      this.card.hidden = true;
    }

    /** The pointer went somewhere else on the page. */
    left(): void {
      if (!this.reads()) this.hide();
    }

    /** The card goes with its line, or, if only a pointer called it, with the text that moved away below it. */
    scrolled(): void {
      if (this.reads() || this.timer !== null) this.place();
      else this.hide();
    }

    /** Has the reader the focus? */
    private reads(): boolean {
      return document.activeElement === this.reader;
    }

    private lineBeside({ clientX, clientY, target }: PointerEvent): Line | null {
      const element = target instanceof Element ? target.closest('.cm-line.tandem-thread') : null;
      if (element === null) return null;
      const at = threadAt(element);
      // A fingertip is wider than the thread, and on a phone the margin is all there is.
      const near = window.matchMedia('(pointer: coarse)').matches ? 2 * NEAR_PX : NEAR_PX;
      if (Math.abs(clientX - at) > near) return null;
      const block = this.view.lineBlockAtHeight(clientY - this.view.documentTop);
      return this.view.state.doc.lineAt(block.from);
    }

    /** The reader takes the focus: at the own caret's line if it is on the screen. */
    private begin(): void {
      const { state, viewport } = this.view;
      const { head } = state.selection.main;
      const here = head >= viewport.from && head <= viewport.to ? head : viewport.from;
      this.move(state.doc.lineAt(here).number);
    }

    private key(event: KeyboardEvent): void {
      const to = this.target(event.key);
      if (event.key === 'Escape') this.view.focus();
      else if (to !== null) this.move(to);
      else return;
      event.preventDefault();
    }

    private target(key: string): number | null {
      switch (key) {
        case 'ArrowDown':
        case 'ArrowRight':
          return this.line + 1;
        case 'ArrowUp':
        case 'ArrowLeft':
          return this.line - 1;
        case 'PageDown':
          return this.line + PAGE;
        case 'PageUp':
          return this.line - PAGE;
        case 'Home':
          return 1;
        case 'End':
          return this.view.state.doc.lines;
        default:
          return null;
      }
    }

    private move(to: number): void {
      this.line = Math.min(this.view.state.doc.lines, Math.max(1, to));
      const { from } = this.view.state.doc.line(this.line);
      this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 60 }) });
      this.describe();
      this.show(this.line);
    }

    private wordsOf({ from, to }: Line) {
      const { runs, names } = this.view.state.field(authorField);
      const who = authorsBetween(runs, from, to);
      return who === null ? null : authorWords(who, names, Date.now());
    }

    private describe(): void {
      const { doc } = this.view.state;
      this.line = Math.min(this.line, doc.lines);
      const words = this.wordsOf(doc.line(this.line));
      const said =
        words === null
          ? authorshipStrings.empty
          : [authorshipStrings.by(words.name, words.when), words.also].filter((one) => one !== '').join('. ');
      this.reader.setAttribute('aria-valuemin', '1');
      this.reader.setAttribute('aria-valuemax', String(doc.lines));
      this.reader.setAttribute('aria-valuenow', String(this.line));
      this.reader.setAttribute('aria-valuetext', authorshipStrings.line(this.line, said));
    }

    private show(number: number): void {
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
      this.shown = number;
      this.place();
    }

    private place(): void {
      const { doc } = this.view.state;
      const line = doc.line(Math.min(this.shown, doc.lines));
      const words = this.wordsOf(line);
      if (words !== null) this.card.replaceChildren(...cardOf(words));
      this.card.hidden = words === null;
      this.view.requestMeasure({
        key: this,
        read: (view) => ({ ...placeOf(view, line), width: this.card.offsetWidth }),
        write: ({ top, height, inset, width }) => {
          this.card.dataset['place'] = inset >= width + GAP_PX ? 'beside' : 'above';
          this.card.style.setProperty('--thread', `${inset}px`);
          this.card.style.top = `${top}px`;
          if (!this.reads()) return;
          this.reader.style.insetInlineStart = `${Math.max(0, inset - (READER_PX - 3) / 2)}px`;
          this.reader.style.top = `${top}px`;
          this.reader.style.height = `${height}px`;
        },
      });
    }
  },
  {
    eventObservers: {
      pointermove(event) {
        this.point(event);
      },
      pointerdown(event) {
        this.point(event);
      },
      pointerleave({ pointerType }) {
        if (pointerType !== 'touch') this.left();
      },
      scroll() {
        this.scrolled();
      },
    },
  },
);

/** Where a line is in the editor's own box, and how far its thread is from the start edge; px. Reads layout. */
function placeOf(view: EditorView, line: Line): { top: number; height: number; inset: number } {
  const block = view.lineBlockAt(line.from);
  const box = view.dom.getBoundingClientRect();
  const drawn = view.contentDOM.querySelector('.cm-line.tandem-thread') ?? view.contentDOM.querySelector('.cm-line');
  const x = drawn === null ? box.left : threadAt(drawn);
  const isRtl = getComputedStyle(view.dom).direction === 'rtl';
  return {
    top: block.top + view.documentTop - box.top,
    height: block.height,
    inset: isRtl ? box.right - x : x - box.left,
  };
}

/** The middle of the thread beside `line`, px from the left of the window. */
function threadAt(line: Element): number {
  const left = Number.parseFloat(getComputedStyle(line, '::after').left);
  return line.getBoundingClientRect().left + (Number.isNaN(left) ? 0 : left) + 1.5;
}

function cardOf({ name, color, when, also }: ReturnType<typeof authorWords>): HTMLElement[] {
  const who = document.createElement('bdi');
  who.textContent = name;
  who.style.color = inkOf(color);
  const time = document.createElement('span');
  time.textContent = when;
  const rest = document.createElement('span');
  rest.textContent = also;
  return also === '' ? [who, time] : [who, time, rest];
}

const theme = EditorView.baseTheme({
  '.tandem-author-card': {
    position: 'absolute',
    zIndex: '6',
    display: 'grid',
    padding: '6px 10px',
    maxWidth: '17rem',
    borderRadius: 'var(--radius-sm)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow-2)',
    font: '400 var(--text-xs) / var(--leading-ui) var(--face-ui)',
    color: 'var(--ink-2)',
    pointerEvents: 'none',
  },
  '.tandem-author-card[hidden]': { display: 'none' },
  '.tandem-author-card > *': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.tandem-author-card > bdi': { fontSize: 'var(--text-sm)', fontWeight: '700', whiteSpace: 'nowrap' },
  '.tandem-author-card[data-place="beside"]': { insetInlineEnd: 'calc(100% - var(--thread) + 12px)' },
  '.tandem-author-card[data-place="above"]': {
    insetInlineStart: 'calc(var(--thread) + 8px)',
    transform: 'translateY(calc(-100% - 2px))',
  },
  '.tandem-author-reader': {
    position: 'absolute',
    top: '0',
    insetInlineStart: '0',
    width: `${READER_PX}px`,
    minHeight: `${READER_PX}px`,
    pointerEvents: 'none',
    borderRadius: '3px',
  },
});
