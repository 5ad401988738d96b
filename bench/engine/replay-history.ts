import { OpHistory, replacement, Text } from '../../lib/ot/index.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench } from '../kit/bench.ts';
import { heldBytes } from '../kit/memory.ts';
import { median } from '../kit/numbers.ts';
import { measured } from '../kit/own-cpu.ts';
import { ratioOf, valuesOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import type { Engine, Session } from './peers/algebra.ts';
import { codeMirror } from './peers/codemirror.ts';
import { diamondTypes, loro, yjs } from './peers/crdts.ts';
import { admitted } from './peers/tandem.ts';
import { warmUp } from './replay-edits.ts';
import { automergePaper, sha256 } from './traces.ts';

const MEGABYTE = 2 ** 20;

/** Checks and applies each edit, and keeps it with what undoes it. */
const keeping = {
  name: 'Tandem with all history',
  open(before: string) {
    const text = Text.of(before);
    const history = new OpHistory();
    return {
      history,
      edit(at: number, deleted: number, inserted: string) {
        const op = admitted(replacement(at, deleted, inserted), text);
        history.push(op, text);
        text.apply(op);
      },
      text: () => text.toString(),
    };
  },
} satisfies Engine;

const SCENES = [
  { engine: keeping, remark: 'replays and undoes every edit' },
  { engine: codeMirror, remark: 'no history' },
  { engine: yjs, remark: 'without deleted text' },
  { engine: loro },
  { engine: diamondTypes },
].map((scene) => ({ ...scene, name: scene.engine.name }));

export const bench: Bench = {
  name: 'replay-history',
  title: 'A paper, typed again, with its history',
  about:
    'The same session, and from then on every edit can be asked for, made again and undone. Beside it CodeMirror, which keeps ' +
    'no history, and CRDTs, which keep one of their own. Held is what the process has more of after a collection, ' +
    'document included. Tandem’s history is walked back to the empty text and forth again before it counts.',
  async run() {
    const { edits, endSha256 } = automergePaper();
    walkBackAndForth(endSha256);
    const results = await takeTurns(SCENES, ({ name, engine }) => {
      const before = heldBytes();
      warmUp(engine, '', edits);
      const session: Session = engine.open('');
      const { cpu, result } = measured(() => {
        for (const [at, deleted, inserted] of edits) session.edit(at, deleted, inserted);
        return session.text();
      });
      if (sha256(result) !== endSha256) throw new Error(`${name} ends with another text.`);
      const held = (heldBytes() - before) / MEGABYTE;
      session.close?.();
      return { rate: (edits.length / cpu) * 1_000, held };
    });
    const table: Table = {
      title: 'Edits in a second of CPU time, and what is held at the end',
      columns: [
        { key: 'rate', title: 'edits/s', base: codeMirror.name },
        { key: 'held', title: 'MB held' },
      ],
      rows: results.map(({ name, rounds }, at) => {
        const remark = SCENES[at]?.remark;
        // Memory of WebAssembly that an earlier round has grown does not shrink, so it says nothing.
        const isWasm = name === loro.name || name === diamondTypes.name;
        return {
          name,
          figures: { rate: rounds.map(({ rate }) => rate), held: isWasm ? [] : rounds.map(({ held }) => held) },
          ...(remark !== undefined && { remark }),
        };
      }),
    };
    return { tables: [table], bars: bars(table) };
  },
};

function bars(table: Table): Bar[] {
  return [
    {
      what: 'Replay with all history held, to CodeMirror without any',
      value: ratioOf(table, 'rate', keeping.name, codeMirror.name),
      unit: ' ×',
      sense: 'at least',
      goal: 4.5,
      must: 2,
      obstacle:
        'Each edit is looked at three times (check, history, text), and each finds out anew what its parts are.',
    },
    {
      what: 'Memory held by text and all history of automerge-paper',
      value: median(valuesOf(table, keeping.name, 'held')),
      unit: ' MB',
      sense: 'at most',
      goal: 2.5,
      must: 10,
    },
  ];
}

/** Throws unless the history leads back to the empty text and forth to the end again. */
function walkBackAndForth(endSha256: string): void {
  const { edits } = automergePaper();
  const session = keeping.open('');
  for (const [at, deleted, inserted] of edits) session.edit(at, deleted, inserted);
  const { history } = session;
  const text = Text.of(session.text());
  for (let index = history.length - 1; index >= 0; index--) text.apply(history.inverseAt(index));
  if (text.length > 0) throw new Error('What undoes the edits does not lead back to the empty text.');
  for (let index = 0; index < history.length; index++) text.apply(history.at(index));
  if (sha256(text.toString()) !== endSha256) throw new Error('The edits of the history do not lead to the end.');
}
