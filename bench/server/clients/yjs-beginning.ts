import * as Y from 'yjs';
import { seededRandom } from '../../../lib/testing/index.ts';
import { ROOT } from './yjs-log.ts';

/** What a room begins with: an update, and the client that its text is of. */
export interface Beginning {
  update: Uint8Array;
  client: number;
}

/** So many letters are typed before the caret goes elsewhere. */
const RUN = 20;

/** A text in one insertion. */
export function inOnePiece(text: string): Beginning {
  const doc = new Y.Doc();
  doc.getText(ROOT).insert(0, text);
  return { update: Y.encodeStateAsUpdate(doc), client: doc.clientID };
}

/** The letters of a text, each by itself, in runs at places all over. What Yjs keeps of that is what it keeps of as many updates. */
export function letterByLetter(text: string): Beginning {
  const doc = new Y.Doc();
  const shared = doc.getText(ROOT);
  const random = seededRandom(1);
  for (let at = 0; at < text.length; at += RUN) {
    const place = random.int(at + 1);
    for (const [index, letter] of text
      .slice(at, at + RUN)
      .split('')
      .entries())
      shared.insert(place + index, letter);
  }
  return { update: Y.encodeStateAsUpdate(doc), client: doc.clientID };
}
