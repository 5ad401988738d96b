import { EditorSelection, type Extension } from '@codemirror/state';
import { type EditorView, RectangleMarker, ViewPlugin, layer, type ViewUpdate } from '@codemirror/view';
import { CaretMarker } from './caret-marker.ts';
import { caretField, caretsIn, hideNames, setCarets, showNames } from './remote-carets.ts';
import { placeTags } from './tag-place.ts';

/** How long a name stays after its caret moved. */
const NAME_MS = 3000;
/** How near a pointer has to come to a caret to see its name, in px; a fingertip's worth on either side. */
const NEAR_PX = 8;

/** RemoteCaret, NameTag and RemoteSelection: drawn over and under the text, never inside it, so that nothing shifts. */
export function caretDrawing(): Extension {
  return [selections, carets, nameTimers];
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

/** Takes each name away 3 s after it was last asked for, and shows it again near the pointer or under a finger. */
const nameTimers = ViewPlugin.fromClass(
  class {
    private readonly view: EditorView;
    private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

    constructor(view: EditorView) {
      this.view = view;
      // Of those who moved before this code was here.
      for (const author of view.state.field(caretField).named) this.hideLater(author);
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
