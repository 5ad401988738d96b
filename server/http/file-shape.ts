import { cleanText } from '../../lib/ot/index.ts';
import type { FileShape } from '../storage/storage.ts';

const BOM = '\ufeff';

/** A file's text as rooms hold it (`\n`, no mark), and what its bytes had besides. Mixed line ends become the commonest. */
export function importFile(raw: string): { text: string; shape: FileShape } {
  const bom = raw.startsWith(BOM);
  const body = bom ? raw.slice(1) : raw;
  return { text: cleanText(body), shape: { bom, lineEnd: lineEndOf(body) } };
}

/** The bytes of a file with this text; the imported file's own bytes if nobody changed it since. */
export function exportFile(text: string, shape: FileShape | null): Buffer {
  if (!shape) return Buffer.from(text, 'utf8');
  const body = shape.lineEnd === '\n' ? text : text.replaceAll('\n', shape.lineEnd);
  return Buffer.from(shape.bom ? BOM + body : body, 'utf8');
}

function lineEndOf(text: string): FileShape['lineEnd'] {
  let pairs = 0;
  let returns = 0;
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) === 10) pairs++;
    else returns++;
  }
  let newlines = -pairs;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) newlines++;
  if (pairs > newlines && pairs >= returns) return '\r\n';
  return returns > newlines ? '\r' : '\n';
}
