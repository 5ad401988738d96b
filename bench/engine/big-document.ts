import type { Bench } from '../kit/bench.ts';
import { ratioOf } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { codeMirror } from './peers/codemirror.ts';
import { diamondTypes, loro, yjs } from './peers/crdts.ts';
import { otTextUnicodeOverRope } from './peers/ot-text-unicode.ts';
import { tandem } from './peers/tandem.ts';
import { plainText, randomEdits } from './random-edits.ts';
import { ratesTable, replayEdits } from './replay-edits.ts';

const LENGTH = 10_000_000;

/** Yjs gets slower with each edit in another place, so that a few of them say enough. */
const SCENES = [
  ...[tandem, codeMirror, otTextUnicodeOverRope, loro, diamondTypes].map((engine) => ({ engine, most: 30_000 })),
  { engine: yjs, most: 3_000 },
].map((scene) => ({ ...scene, name: scene.engine.name }));

export const bench: Bench = {
  name: 'big-document',
  title: 'A document of 10 MB, edited all over',
  about:
    'A text of 10,000,000 units gets 30,000 edits at random places: half insert 1 to 5 letters, the others delete or replace ' +
    'as many. Opening it is not counted, reading all of it at the end is. Those that copy a string for each edit ' +
    '(ot-text, ot.js, ot-text-unicode as shipped) make about 100 edits a second here, and Automerge takes half a minute to ' +
    'open the text: they are left out.',
  async run() {
    const before = plainText(LENGTH);
    const edits = randomEdits(Math.max(...SCENES.map(({ most }) => most)), LENGTH);
    const texts = new Map<number, string>();
    const results = await takeTurns(SCENES, ({ name, engine, most }) => {
      const { rate, text } = replayEdits(engine, before, edits.slice(0, most));
      // Tandem comes first; the others must agree with it.
      const expected = texts.get(most) ?? tandemText(before, edits.slice(0, most));
      texts.set(most, expected);
      if (text !== expected) throw new Error(`${name} ends with another text.`);
      return rate;
    });
    const table = ratesTable(SCENES, results, codeMirror, edits.length);
    const bar = {
      what: 'Random edits in 10 MB, to CodeMirror',
      value: ratioOf(table, 'rate', tandem.name, codeMirror.name),
      unit: ' ×',
      sense: 'at least',
      goal: 4.5,
      must: 2,
      obstacle:
        'A third of the time is spent on the first edit of each leaf, which makes a buffer of it, and on reading the text at the end; most of the rest waits for memory.',
    } as const;
    return { tables: [table], bars: [bar] };
  },
};

function tandemText(before: string, edits: Parameters<typeof replayEdits>[2]): string {
  return replayEdits(tandem, before, edits).text;
}
