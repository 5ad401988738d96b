import { MAX_NAME } from '../protocol/index.ts';
import { toLabel } from './label.ts';

/** How one shows to the others; `person` is the browser's public id. */
export interface Me {
  person: string;
  name: string;
  color: number;
}

/**
 * The own name and colour, and what the server knows of them. While signed in by a proxy the name is the one that it
 * says; the own one waits for a connection without that.
 */
export class Myself {
  #own: Me;
  #signedIn: string | null = null;
  /** What the others see; the same object until it changes. */
  #shown: Me;
  /** What the server knows over this socket. */
  #told: { name: string; color: number } | null = null;

  constructor(own: Me) {
    this.#own = { ...own, name: toLabel(own.name, MAX_NAME) };
    this.#shown = this.#own;
  }

  get shown(): Me {
    return this.#shown;
  }

  get isSignedIn(): boolean {
    return this.#signedIn !== null;
  }

  /** For a hello: the own name even if the last socket was signed in, for the next one may not be. */
  introduced(): Me {
    this.#told = this.#own;
    return this.#own;
  }

  /** `signedIn`: the name that the server has given the author instead. */
  welcomed(signedIn: string | undefined): void {
    this.#signedIn = signedIn ?? null;
    if (this.#told && signedIn !== undefined) this.#told = { ...this.#told, name: signedIn };
    this.#show();
  }

  /** While signed in, only the colour. */
  rename(name: string, color: number): void {
    this.#own = { ...this.#own, color, ...(!this.isSignedIn && { name: toLabel(name, MAX_NAME) }) };
    this.#show();
  }

  /** The socket is gone. */
  down(): void {
    this.#told = null;
  }

  /** Tells what the server does not know yet; `send` says whether it could. */
  tell(send: (name: string, color: number) => boolean): void {
    const { name, color } = this.#shown;
    if (this.#told?.name === name && this.#told.color === color) return;
    if (send(name, color)) this.#told = { name, color };
  }

  #show(): void {
    const { person, color } = this.#own;
    const name = this.#signedIn ?? this.#own.name;
    if (name === this.#shown.name && color === this.#shown.color) return;
    this.#shown = { person, name, color };
  }
}
