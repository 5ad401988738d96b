import { EditorSelection, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { type EditorView, RectangleMarker, ViewPlugin, layer, type ViewUpdate } from '@codemirror/view';
import type { RemoteCaret } from '../../lib/client/index.ts';
import { CaretMarker } from './caret-marker.ts';
import { placeTags } from './tag-place.ts';

/** How long a name stays after its caret moved. */
const NAME_MS = 3000;
/** How near a pointer has to come to a caret to see its name, in px; a fingertip's worth on either side. */
const NEAR_PX = 8;

interface Carets {
  readonly carets: readonly RemoteCaret[];
  /** Authors whose name is shown now. */
  readonly named: ReadonlySet<number>;
}

const setCarets = StateEffect.define<{ carets: readonly RemoteCaret[]; moved: readonly number[] }>();
const showNames = StateEffect.define<readonly number[]>();
const hideNames = StateEffect.define<readonly number[]>();

/** Everybody else's carets and selections, carried along by every change until the client sends them anew. */
const caretField = StateField.define<Carets>({
  create: () => ({ carets: [], named: new Set() }),
  update(value, transaction) {
    let { carets, named } = value;
    if (transaction.docChanged) {
      carets = carets.map((caret) => ({
        ...caret,
        ranges: caret.ranges.map(([anchor, head]) => [
          transaction.changes.mapPos(anchor, -1),
          transaction.changes.mapPos(head, -1),
        ]),
      }));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setCarets)) {
        carets = effect.value.carets;
        named = new Set([...named, ...effect.value.moved].filter((one) => carets.some(({ author }) => author === one)));
      } else if (effect.is(showNames)) named = new Set([...named, ...effect.value]);
      else if (effect.is(hideNames)) named = new Set([...named].filter((author) => !effect.value.includes(author)));
    }
    return carets === value.carets && named === value.named ? value : { carets, named };
  },
});

/** Shows `carets` from now on; the names of those who `moved` appear for 3 s. */
export function showCarets(view: EditorView, carets: readonly RemoteCaret[], moved: readonly number[]): void {
  view.dispatch({ effects: setCarets.of({ carets, moved }) });
}

/** RemoteCaret, NameTag and RemoteSelection: drawn over and under the text, never inside it, so that nothing shifts. */
export function remoteCarets(): Extension {
  return [caretField, selections, carets, nameTimers];
}

const selections = layer({
  above: false,
  class: 'tandem-selections',
  update: changed,
  markers: (view) =>
    caretsIn(view.state).flatMap(({ color, ranges }) =>
      ranges
        .filter(([anchor, head]) => anchor !== head)
        .flatMap(([anchor, head]) => [
          ...RectangleMarker.forRange(
            view,
            `tandem-selection tandem-ink-${color}`,
            EditorSelection.range(anchor, head),
          ),
        ]),
    ),
});

const carets = layer({
  above: true,
  class: 'tandem-carets',
  update: changed,
  markers(view) {
    const { named } = view.state.field(caretField);
    return placeTags(view, caretsIn(view.state)).map(
      (placed) => new CaretMarker(placed, named.has(placed.caret.author)),
    );
  },
});

function changed(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.geometryChanged ||
    update.startState.field(caretField) !== update.state.field(caretField)
  );
}

/** Everybody else's carets, kept inside the text: a caret may arrive a moment before the text that it stands in. */
export function caretsIn(state: EditorState): RemoteCaret[] {
  const end = state.doc.length;
  return state.field(caretField).carets.map((caret) => ({
    ...caret,
    ranges: caret.ranges.map(([anchor, head]) => [Math.min(anchor, end), Math.min(head, end)]),
  }));
}

/** Takes each name away 3 s after it was last asked for, and shows it again near the pointer or under a finger. */
const nameTimers = ViewPlugin.fromClass(
  class {
    private readonly view: EditorView;
    private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

    constructor(view: EditorView) {
      this.view = view;
    }

    update(update: ViewUpdate): void {
      for (const transaction of update.transactions) {
        for (const effect of transaction.effects) {
          if (effect.is(setCarets)) effect.value.moved.forEach((author) => this.hideLater(author));
          else if (effect.is(showNames)) effect.value.forEach((author) => this.hideLater(author));
        }
      }
    }

    destroy(): void {
      for (const timer of this.timers.values()) clearTimeout(timer);
    }

    private hideLater(author: number): void {
      clearTimeout(this.timers.get(author));
      const hide = () => {
        this.timers.delete(author);
        this.view.dispatch({ effects: hideNames.of([author]) });
      };
      this.timers.set(author, setTimeout(hide, NAME_MS));
    }
  },
  {
    eventHandlers: {
      pointermove: showNamesNear,
      pointerdown: showNamesNear,
    },
  },
);

function showNamesNear(event: PointerEvent, view: EditorView): void {
  if (view.state.field(caretField).carets.length === 0) return;
  const near: number[] = [];
  for (const element of view.scrollDOM.querySelectorAll<HTMLElement>('.tandem-caret')) {
    const box = element.getBoundingClientRect();
    const beside = Math.abs(event.clientX - (box.left + box.right) / 2) <= NEAR_PX;
    if (!beside || event.clientY < box.top - NEAR_PX || event.clientY > box.bottom) continue;
    // Also if it shows already: the 3 s then begin anew.
    near.push(Number(element.dataset['author']));
  }
  if (near.length > 0) view.dispatch({ effects: showNames.of(near) });
}

/** Have carets moved between these two states, by themselves or with the text? */
export function haveMoved(before: EditorState, after: EditorState): boolean {
  return before.field(caretField).carets !== after.field(caretField).carets;
}

/** Shows the names at the carets of `authors` for 3 s. */
export function nameCarets(view: EditorView, authors: readonly number[]): void {
  view.dispatch({ effects: showNames.of(authors) });
}

/** Where the newest caret of any of `authors` is; null if none is known. */
export function caretOf(state: EditorState, authors: readonly number[]): number | null {
  const mine = state.field(caretField).carets.filter((caret) => authors.includes(caret.author));
  const range = mine.at(-1)?.ranges.at(-1);
  return range === undefined ? null : Math.min(range[1], state.doc.length);
}
