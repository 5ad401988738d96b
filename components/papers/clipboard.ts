/** What is on a clipboard, as the page may read it while it is pasted. */
export interface Clipboard {
  html: string;
  plain: string;
  /** What Visual Studio Code says of the code that it copied, as JSON. */
  code: string;
}
