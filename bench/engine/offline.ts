import * as Y from 'yjs';
import type { Op } from '../../lib/ot/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import type { Bench } from '../kit/bench.ts';
import { collectGarbage } from '../kit/memory.ts';
import { median } from '../kit/numbers.ts';
import { measured } from '../kit/own-cpu.ts';
import { valuesOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { comeBack, pagesOf, wanderingOps } from './come-back.ts';
import { plainText } from './random-edits.ts';

const EDITS = 10_000;
const TEXT = plainText(100_000);
const TANDEM = 'Tandem, the whole client';

interface Round {
  work: number;
  longest: number;
}

export const bench: Bench = {
  name: 'offline',
  title: 'Back from a long time offline',
  about:
    'Somebody made 10,000 edits of one letter without a network, moving through a text of 100,000 units, while others made 10,000. Tandem’s ' +
    'client, as the page has it, decodes the pages of the log, moves what is pending over each entry and each over what is pending, and ' +
    'tells the editor. Yjs applies the others’ edits as one update, in one turn. Both are there at once, as from a network that costs nothing.',
  async run() {
    const random = seededRandom(21);
    const mine = wanderingOps(EDITS, TEXT.length, random);
    const others = wanderingOps(EDITS, TEXT.length, random);
    const frames = pagesOf(others, random);
    const texts = new Set<string>();
    const update = yjsUpdate(others);
    const scenes = [
      {
        name: TANDEM,
        async measure(): Promise<Round> {
          const { longest, work, text } = await comeBack(TEXT, mine, frames, EDITS + 1);
          texts.add(text);
          return { work, longest };
        },
      },
      { name: 'Yjs', measure: () => Promise.resolve(yjsBack(mine, update)) },
    ];
    const results = await takeTurns(scenes, async ({ measure }) => {
      collectGarbage();
      return measure();
    });
    if (texts.size !== 1) throw new Error('The same edits have led to several texts.');
    const table: Table = {
      title: 'Until everything is merged',
      columns: [
        { key: 'work', title: 'all turns, ms' },
        { key: 'longest', title: 'longest turn, ms' },
      ],
      rows: results.map(({ name, rounds }) => ({
        name,
        figures: { work: rounds.map(({ work }) => work), longest: rounds.map(({ longest }) => longest) },
      })),
      note: 'Turns are wall time: a busy machine makes them longer.',
    };
    const common = { unit: ' ms', sense: 'at most' } as const;
    return {
      tables: [table],
      bars: [
        {
          what: '10,000 own edits against 10,000 of others, until merged',
          value: median(valuesOf(table, TANDEM, 'work')),
          goal: 100,
          must: 2_000,
          obstacle:
            'What is pending is moved over each entry by itself, since the server will do so too: to compose the entries first would settle ties in another way.',
          ...common,
        },
        {
          what: 'The same, longest turn',
          value: median(valuesOf(table, TANDEM, 'longest')),
          goal: 50,
          must: 50,
          obstacle: 'Turns are wall time, and end when 8 ms are over: the rest is the machine.',
          ...common,
        },
      ],
    };
  },
};

function yjsText(): { doc: Y.Doc; text: Y.Text } {
  const doc = new Y.Doc();
  const origin = new Y.Doc();
  origin.clientID = 1;
  origin.getText('text').insert(0, TEXT);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(origin));
  return { doc, text: doc.getText('text') };
}

function write(text: Y.Text, ops: readonly Op[]): void {
  for (const [at, what] of ops) {
    if (typeof at !== 'number') throw new TypeError('A wandering op begins with a retain.');
    if (typeof what === 'string') text.insert(at, what);
    else text.delete(at, 1);
  }
}

function yjsUpdate(ops: readonly Op[]): Uint8Array {
  const { doc, text } = yjsText();
  const before = Y.encodeStateVector(doc);
  write(text, ops);
  return Y.encodeStateAsUpdate(doc, before);
}

function yjsBack(mine: readonly Op[], update: Uint8Array): Round {
  const { doc, text } = yjsText();
  write(text, mine);
  // An editor is there to be told.
  text.observe(({ changes }) => void changes.delta);
  const { wall } = measured(() => Y.applyUpdate(doc, update));
  doc.destroy();
  return { work: wall, longest: wall };
}
