/** Why something of a Yjs client is refused. */
export type YjsFaultCode =
  /** A frame that is not one of y-protocols. */
  | 'bad-frame'
  /** An update or a state vector that cannot be decoded, or that no client makes. */
  | 'bad-update'
  /** An update that depends on structs which are not here. A fresh synchronisation brings them. */
  | 'gap'
  /** An update whose text has no room any more. */
  | 'full'
  /** More of something than one update or frame may have. */
  | 'too-many'
  /** The Y.Doc cannot be trusted any more, for the reason that the sentence gives: throw it away and load it anew. */
  | 'broken';

/** A refusal: a stable code, and a sentence with what there is to know. */
export class YjsFault extends Error {
  override readonly name = 'YjsFault';
  readonly code: YjsFaultCode;

  constructor(code: YjsFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
