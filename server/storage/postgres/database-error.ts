export type DatabaseFault =
  'address' | 'unreachable' | 'login' | 'missing' | 'rights' | 'unsafe' | 'unsuited' | 'newer';

/** The server cannot start on this database. The message is a sentence for whoever started it, without the password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseFault;

  constructor(code: DatabaseFault, message: string) {
    super(message);
    this.code = code;
  }
}
