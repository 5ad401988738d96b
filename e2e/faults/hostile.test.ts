import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { apply } from '../../lib/ot/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  createRoom,
  faultsOf,
  pause,
  readLog,
  readText,
  request,
  runSeed,
  spawnNode,
  startServer,
} from '../harness/index.ts';
import type { AttackOrder, AttackReport } from './attack.ts';
import { misplaced, openTypist, percentile } from './typist.ts';

const SESSIONS = Number(process.env['HOSTILE_SESSIONS'] ?? 10_000);
const PARALLEL = 200;
const HONEST = 20;
/** About four words a second each. */
const MOST_PAUSE_MS = 500;
/** The server's code gets quick by use, so the first words are not counted. */
const WARM_MS = 2_000;
/** Peace before the attack, to compare with. */
const PEACE_MS = 4_000;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it(`[P7] ${SESSIONS} hostile sessions, ${PARALLEL} at a time, beside ${HONEST} people: the people lose nothing and see one text`, async () => {
  const { seed, random, note } = runSeed();
  const server = await startServer({ env: { TRUST_PROXY: '1' } });
  stops.push(() => server.stop());
  // One room the attackers may write in, and one they may only read: there, every word has to stay.
  const open = await createRoom(server.url, { text: 'Open to all 🙂\n' });
  const guarded = await createRoom(server.url, { text: 'For readers\n' });
  const people = Array.from({ length: HONEST }, (_, index) => {
    const token = (index % 2 === 0 ? open : guarded).links.edit.token;
    const name = `p${index}`;
    return { token, typist: openTypist({ url: server.url, token, name, from: `203.0.113.${index}` }) };
  });
  stops.push(() => people.forEach(({ typist }) => typist.robot.close()));
  await Promise.all(people.map(({ typist }) => typist.robot.settled()));
  let over = false;
  const typing = Promise.all(
    people.map(({ typist }) => typist.typeUntil(() => over, seededRandom(random.int(2 ** 31)), MOST_PAUSE_MS)),
  );
  await pause(WARM_MS);
  for (const { typist } of people) typist.latencies.splice(0);
  await pause(PEACE_MS);
  const peace = people.flatMap(({ typist }) => typist.latencies.splice(0));

  const began = performance.now();
  const report = await attack({
    url: server.url,
    seed,
    sessions: SESSIONS,
    parallel: PARALLEL,
    shared: [open.links.edit.token],
    view: guarded.links.view.token,
  });
  const seconds = (performance.now() - began) / 1000;
  const war = people.flatMap(({ typist }) => typist.latencies.splice(0));
  over = true;
  await typing;
  await Promise.all(people.map(({ typist }) => typist.robot.settled()));

  expect(report.faults.slice(0, 5), note).toEqual([]);
  expect(
    Object.keys(report.ends).filter((end) => end.startsWith('4500')),
    note,
  ).toEqual([]);
  expect((await request(server.url, 'GET', '/healthz')).status, note).toBe(200);
  for (const { links } of [open, guarded]) {
    const { text, rev } = await readText(server.url, links.edit.token);
    const here = people.filter((one) => one.token === links.edit.token);
    await Promise.all(here.map(({ typist }) => typist.robot.caughtUp(rev)));
    expect(
      here.map(({ typist }) => typist.robot.text() === text),
      note,
    ).toEqual(here.map(() => true));
    expect(
      here.flatMap(({ typist }) => typist.robot.notices),
      note,
    ).toEqual([]);
    if (links === guarded.links)
      expect(
        misplaced(
          here.flatMap(({ typist }) => typist.words),
          text,
        ),
        note,
      ).toEqual([]);
    const log = readLog(server.dataDir, links.edit.token);
    expect(faultsOf(log), note).toEqual([]);
    expect(log.reduce((now, { op }) => apply(now, op), '') === text, note).toBe(true);
    // In the open room anybody may delete a word again; that it was written is in the log.
    for (const { typist } of here) {
      const own = log.filter(({ author }) => author === typist.robot.client.view().you);
      expect(unitsInserted(own.map(({ op }) => op)), note).toBe(typist.words.join('').length);
    }
  }
  const before = percentile(peace, 0.95);
  const during = percentile(war, 0.95);
  console.log(
    `hostile: ${report.sessions} sessions, ${report.frames} frames in ${seconds.toFixed(1)} s; p95 of ${HONEST} people ` +
      `${before.toFixed(1)} ms before, ${during.toFixed(1)} ms during (×${(during / before).toFixed(2)}), ` +
      `p50 ${percentile(peace, 0.5).toFixed(1)} and ${percentile(war, 0.5).toFixed(1)} ms; ends ${JSON.stringify(report.ends)} (seed ${seed})`,
  );
}, 240_000);

/** Runs the attackers in a process of their own, so that the people's clients have theirs to themselves. */
async function attack(order: AttackOrder): Promise<AttackReport> {
  const script = fileURLToPath(new URL('./attack.ts', import.meta.url));
  const child = spawnNode(['--import', 'tsx', script, JSON.stringify(order)], {});
  stops.push(() => child.kill('SIGKILL'));
  const exit = await child.exited;
  expect(exit, child.output().slice(-2_000)).toEqual({ code: 0, signal: null });
  return JSON.parse(child.output().trim().split('\n').at(-1) ?? '') as AttackReport;
}

function unitsInserted(ops: readonly (readonly (number | string)[])[]): number {
  return ops.flat().reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}
