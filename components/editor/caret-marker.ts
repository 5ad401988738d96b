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
    element.dataset['glide'] = String(old.placed.top === this.placed.top);
    this.paint(element, tag);
    return true;
  }

  private paint(caret: HTMLElement, tag: HTMLElement): void {
    const { caret: who, left, top, height, tag: place } = this.placed;
    caret.dataset['author'] = String(who.author);
    caret.dataset['cap'] = capOf(who.color);
    caret.style.setProperty('--a', inkOf(who.color));
    caret.style.transform = `translate(${left}px, ${top}px)`;
    caret.style.height = `${height}px`;
    if (tag.firstElementChild !== null) tag.firstElementChild.textContent = who.name;
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
