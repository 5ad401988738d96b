/** A mistake of the code that uses this room: a stable word, and a sentence with the numbers. */
export class ClientFault extends Error {
  override readonly name = 'ClientFault';
  readonly code: ClientFaultCode;

  constructor(code: ClientFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type ClientFaultCode =
  /** An edit that reaches beyond the text, or splits a surrogate pair: the editor shows another text than ours. */
  | 'edit-does-not-fit'
  /** An edit while `view().canEdit` is false. */
  | 'read-only'
  /** A call after `close`. */
  | 'closed';
