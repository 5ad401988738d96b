export type DataFolderFault = 'in-use' | 'not-writable' | 'foreign' | 'torn' | 'newer';

/** The server cannot start on this folder. The message is a sentence for whoever started it, and says what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
  readonly code: DataFolderFault;

  constructor(code: DataFolderFault, message: string) {
    super(message);
    this.code = code;
  }
}
