/** A dropped file's text, ready for the room; null if it is not UTF-8 text. */
export function decodeFile(bytes: Uint8Array): string | null {
  try {
    // A byte-order mark is not part of the text; the decoder takes it off.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // UTF-8 by accident: no text has a NUL.
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
