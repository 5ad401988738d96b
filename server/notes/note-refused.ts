/** A chat message or comment was not taken, and the socket stays open. The same may come again after `retryMs`. */
export class NoteRefused extends Error {
  override readonly name = 'NoteRefused';
  readonly code: 'too-fast' | 'notes-full' | 'store-down';
  readonly retryMs: number;

  constructor(code: NoteRefused['code'], message: string, retryMs: number) {
    super(message);
    this.code = code;
    this.retryMs = retryMs;
  }
}
