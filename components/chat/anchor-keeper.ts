import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { RoomClient } from '../../lib/client/index.ts';
import { passages, type Passages, type Place, type Places } from './passages.ts';

interface Told {
  rev: number;
  from: number;
  to: number;
}

/**
 * Brings the passages that the server names, in its text at some revision, into the editor, where they then move with
 * everything that is typed, until the server names them again. One that is ahead of this page's text waits for it.
 */
export class AnchorKeeper {
  readonly passages: Passages;
  /** For `RoomTools.extend`. */
  readonly extension: Extension;
  readonly #client: Pick<RoomClient, 'locate' | 'view'>;
  readonly #editor: () => EditorView | null;
  readonly #told = new Map<string, Told>();
  /** Not in the editor yet. */
  readonly #waiting = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(client: Pick<RoomClient, 'locate' | 'view'>, editor: () => EditorView | null) {
    this.#client = client;
    this.#editor = editor;
    this.passages = passages(() => this.#all());
    const tell = EditorView.updateListener.of(({ startState, state }) => {
      if (this.passages.moved(startState, state)) for (const listener of this.#listeners) listener();
    });
    this.extension = [this.passages.field, tell];
  }

  /** Called after every change of any place. Returns how to stop. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server says where a passage is; null: nowhere any more. Takes effect with `flush`. */
  tell(id: string, told: Told | null): void {
    if (told === null) {
      this.remove(id);
      return;
    }
    this.#told.set(id, told);
    this.#waiting.add(id);
  }

  /** Follows a passage of this screen, that nobody else knows of yet. */
  follow(id: string, place: Place): void {
    const view = this.#editor();
    if (view !== null) this.passages.set(view, new Map([[id, place]]));
  }

  remove(id: string): void {
    this.#told.delete(id);
    this.#waiting.delete(id);
    const view = this.#editor();
    if (view !== null && this.passages.of(view.state).has(id)) this.passages.set(view, new Map([[id, null]]));
  }

  /** Where it is now, in the editor. */
  placeOf(id: string): Place | null {
    const view = this.#editor();
    return view === null ? null : (this.passages.of(view.state).get(id) ?? null);
  }

  /**
   * Puts what waits where it belongs. True if something was told of a text that is too old to be found again: it then has to be
   * asked for anew.
   */
  flush(): boolean {
    const view = this.#editor();
    if (view === null || this.#waiting.size === 0) return false;
    const places = new Map<string, Place>();
    let isStale = false;
    for (const id of this.#waiting) {
      const told = this.#told.get(id);
      const place = told && this.#locate(told);
      if (place) places.set(id, place);
      else if (told && told.rev > this.#client.view().rev) continue;
      else isStale = true;
      this.#waiting.delete(id);
    }
    if (places.size > 0) this.passages.set(view, places);
    return isStale;
  }

  #all(): Places {
    const places = new Map<string, Place>();
    for (const [id, told] of this.#told) {
      const place = this.#locate(told);
      if (place) places.set(id, place);
    }
    return places;
  }

  #locate({ rev, from, to }: Told): Place | null {
    const start = this.#client.locate(rev, from, 'after');
    const end = this.#client.locate(rev, to, 'before');
    return start === null || end === null ? null : { from: Math.min(start, end), to: end };
  }
}
