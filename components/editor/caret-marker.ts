import type { LayerMarker } from '@codemirror/view';
import { capOf, inkOf } from '../people/colors.ts';
import type { PlacedCaret, TagPlace } from './tag-place.ts';

/** One remote caret with its name tag, as an element of CodeMirror's layer. */
export class CaretMarker implements LayerMarker {
  private readonly placed: PlacedCaret;
  private readonly named: boolean;

  constructor(placed: PlacedCaret, named: boolean) {
    this.placed = placed;
    this.named = named;
  }

  eq(other: LayerMarker): boolean {
    if (!(other instanceof CaretMarker)) return false;
    const { placed: a } = this;
    const { placed: b } = other;
    return (
      this.named === other.named &&
      a.left === b.left &&
      a.top === b.top &&
      a.height === b.height &&
      a.caret.author === b.caret.author &&
      a.caret.name === b.caret.name &&
      a.caret.color === b.caret.color &&
      sameTag(a.tag, b.tag)
    );
  }

  draw(): HTMLElement {
    const caret = document.createElement('div');
    const tag = document.createElement('span');
    caret.className = 'tandem-caret';
    tag.className = 'tandem-caret-tag';
    // Cut to its own box and read in its own direction, whatever the name is.
    tag.append(document.createElement('bdi'));
    caret.append(tag);
    this.paint(caret, tag);
    return caret;
  }

  update(element: HTMLElement, old: LayerMarker): boolean {
    const tag = element.firstElementChild;
    if (!(old instanceof CaretMarker) || !(tag instanceof HTMLElement)) return false;
    if (old.placed.caret.author !== this.placed.caret.author) return false;
    // Within a line the eye follows a glide; a jump to another line is a jump.
    const glide = String(old.placed.top === this.placed.top);
    if (element.dataset['glide'] !== glide) element.dataset['glide'] = glide;
    this.paint(element, tag, old);
    return true;
  }

  /** Whatever is not as `old` has it: a browser takes each attribute that is set for a change, even to what it was. */
  private paint(element: HTMLElement, tag: HTMLElement, old?: CaretMarker): void {
    const { caret, left, top, height, tag: place } = this.placed;
    const before = old?.placed;
    if (before?.caret.author !== caret.author) element.dataset['author'] = String(caret.author);
    if (before?.caret.color !== caret.color) {
      element.dataset['cap'] = capOf(caret.color);
      element.style.setProperty('--a', inkOf(caret.color));
    }
    if (before?.left !== left || before.top !== top) element.style.transform = `translate(${left}px, ${top}px)`;
    if (before?.height !== height) element.style.height = `${height}px`;
    if (before?.caret.name !== caret.name && tag.firstElementChild) tag.firstElementChild.textContent = caret.name;
    if (before && sameTag(before.tag, place) && old?.named === this.named) return;
    tag.dataset['place'] = place.kind;
    tag.dataset['shown'] = String(this.named && place.kind !== 'none');
    tag.style.left = place.kind === 'margin' ? `${place.left}px` : '';
    tag.style.top = place.kind === 'margin' ? `${place.top}px` : '';
  }
}

function sameTag(a: TagPlace, b: TagPlace): boolean {
  if (a.kind === 'margin' && b.kind === 'margin') return a.left === b.left && a.top === b.top;
  return a.kind === b.kind;
}
