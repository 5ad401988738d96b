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

/**
 * A text in one insertion, and then `letters` of it one by one, in runs at places all over. What Yjs keeps of that in one update
 * is what it keeps of as many.
 */
export function beginWith(text: string, { letters }: { letters: number } = { letters: 0 }): Beginning {
  const doc = new Y.Doc();
  const shared = doc.getText(ROOT);
  const random = seededRandom(1);
  const first = text.length - letters;
  shared.insert(0, text.slice(0, first));
  for (let at = first; at < text.length; at += RUN) {
    const place = random.int(at + 1);
    for (const [index, letter] of text
      .slice(at, at + RUN)
      .split('')
      .entries())
      shared.insert(place + index, letter);
  }
  return { update: Y.encodeStateAsUpdate(doc), client: doc.clientID };
}
