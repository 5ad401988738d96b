import { MAX_LANGUAGE, MAX_TITLE } from '../protocol/index.ts';
import { toLabel } from './label.ts';

interface Meta {
  title?: string;
  language?: string;
}

/**
 * Title and language. A change shows at once and counts as said when the server repeats it; until then others' changes
 * do not show, for ours comes after them.
 */
export class RoomMeta {
  #title: string;
  #language: string;
  #wanted: Meta = {};

  constructor(title: string, language: string) {
    this.#title = title;
    this.#language = language;
  }

  get title(): string {
    return this.#wanted.title ?? this.#title;
  }

  get language(): string {
    return this.#wanted.language ?? this.#language;
  }

  /** Changes of this screen that the server has not repeated; null if there are none. */
  get unconfirmed(): Meta | null {
    return Object.keys(this.#wanted).length > 0 ? this.#wanted : null;
  }

  want(change: Meta): Meta {
    const wanted = {
      ...(change.title !== undefined && { title: toLabel(change.title, MAX_TITLE) }),
      ...(change.language !== undefined && { language: toLabel(change.language, MAX_LANGUAGE) }),
    };
    this.#wanted = { ...this.#wanted, ...wanted };
    return wanted;
  }

  /** What the server says. */
  heard(said: Meta): void {
    this.#title = said.title ?? this.#title;
    this.#language = said.language ?? this.#language;
    const { title, language } = this.#wanted;
    this.#wanted = {
      ...(title !== undefined && title !== said.title && { title }),
      ...(language !== undefined && language !== said.language && { language }),
    };
  }
}
