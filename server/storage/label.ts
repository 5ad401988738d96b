/** A title, name or the like as every engine keeps it: without U+0000, at which many of a database's tools end a text. */
export function label(text: string): string {
  return text.replaceAll('\0', '');
}
