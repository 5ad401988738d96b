import type { Bar } from '../kit/bar.ts';
import type { Bench } from '../kit/bench.ts';
import { ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { codeMirror } from './peers/codemirror.ts';
import { automerge, diamondTypes, loro, yjs } from './peers/crdts.ts';
import { otJs } from './peers/ot-js.ts';
import { otText } from './peers/ot-text.ts';
import { otTextUnicode, otTextUnicodeOverRope } from './peers/ot-text-unicode.ts';
import { tandem } from './peers/tandem.ts';
import { referenceOf } from './reference-text.ts';
import { ratesTable, replayEdits } from './replay-edits.ts';
import { automergePaper, sha256 } from './traces.ts';

/** How many of the edits each makes: some would take minutes. */
const SCENES = [
  ...[tandem, codeMirror, otTextUnicodeOverRope, yjs, loro, diamondTypes].map((engine) => ({ engine, most: Infinity })),
  ...[otTextUnicode, otText, otJs].map((engine) => ({ engine, most: 10_000 })),
  { engine: automerge, most: 1_000 },
].map((scene) => ({ ...scene, name: scene.engine.name }));

export const bench: Bench = {
  name: 'replay',
  title: 'A paper, typed again',
  about:
    'The recorded session automerge-paper, 259,778 edits of one letter each: every edit is made an op, checked, and applied ' +
    'to the text, and at the end the text is read. Nobody keeps more history than it must. CRDTs have no ops; they ' +
    'take the edit. Those with a number of edits beside them make no more than that, while the text is short, which favours them.',
  async run() {
    const { edits, endSha256 } = automergePaper();
    const reference = referenceOf('', edits);
    const results = await takeTurns(SCENES, ({ name, engine, most }) => {
      const { rate, text } = replayEdits(engine, '', edits.slice(0, most));
      const isRight = most < edits.length ? text === reference(most) : sha256(text) === endSha256;
      if (!isRight) throw new Error(`${name} ends with another text.`);
      return rate;
    });
    const table = ratesTable(SCENES, results, codeMirror, edits.length);
    return { tables: [table], bars: bars(table) };
  },
};

function bars(table: Table): Bar[] {
  const ratio = (base: string) => ratioOf(table, 'rate', tandem.name, base);
  const obstacle =
    'Finding the leaf, twice for the check of pairs and once for the edit, is half of what an edit costs.';
  const common = { unit: ' ×', sense: 'at least', obstacle } as const;
  return [
    { what: 'Replay of automerge-paper, to CodeMirror', value: ratio(codeMirror.name), goal: 8, must: 4, ...common },
    { what: 'Replay of automerge-paper, to Yjs', value: ratio(yjs.name), goal: 24, must: 12, ...common },
  ];
}
