import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, type Op } from '../../lib/ot/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import {
  type Answer,
  createRoom,
  eventually,
  postJson,
  type Problem,
  randomEdit,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';

interface Author {
  author: number;
  name: string;
  color: number;
}

interface Segment {
  kind: 'same' | 'added' | 'removed';
  text: string;
  author: number;
  at: number;
}

interface LoggedEntry {
  rev: number;
  author: number;
  at: number;
  op: Op;
}

/** More than a page of the log, and than the server keeps in memory between two snapshots. */
const REVISIONS = 1_300;
const NAMES = ['Ada', 'Ben', 'Cleo'];

let server: TestServer;
let token = '';
/** The text at each revision, made from what was sent alone. */
const texts = [''];
/** The name of each revision's author, from revision 1 on. */
const names: string[] = [];
/** Who brought each letter of the newest text, by name. */
let owners: string[] = [];

beforeAll(async () => {
  // So many sockets from one address let it make as many requests.
  server = await startServer({ env: { MAX_SOCKETS_PER_ADDRESS: '100000' } });
  token = (await createRoom(server.url)).links.edit.token;
  const random = seededRandom(20);
  while (texts.length <= REVISIONS) {
    const name = random.pick(NAMES);
    const text = texts.at(-1) ?? '';
    const op = randomEdit(random, text);
    const sent = await postJson(server.url, `/api/rooms/${token}/ops`, { rev: texts.length - 1, op, name });
    if (sent.status !== 200) throw new Error(`POST …/ops answered ${sent.status}: ${sent.text()}`);
    texts.push(apply(text, op));
    names.push(name);
    owners = owned(owners, op, name);
  }
});
afterAll(async () => {
  await server.stop();
});

function owned(before: readonly string[], op: Op, name: string): string[] {
  const after: string[] = [];
  let position = 0;
  for (const part of op) {
    if (typeof part === 'string') after.push(...Array.from({ length: part.length }, () => name));
    else if (part > 0) after.push(...before.slice(position, position + part));
    if (typeof part === 'number') position += Math.abs(part);
  }
  return [...after, ...before.slice(position)];
}

const get = (place: string, room = token): Promise<Answer> =>
  request(server.url, 'GET', `/api/rooms/${room}/history${place}`);

async function read<T>(place: string): Promise<T & { authors: Author[] }> {
  const answer = await get(place);
  expect([place, answer.status, answer.headers.get('content-type')]).toEqual([place, 200, 'application/json']);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return answer.json<T & { authors: Author[] }>();
}

const nameOf = (authors: readonly Author[], number: number): string | undefined =>
  authors.find(({ author }) => author === number)?.name;

const joined = (segments: readonly Segment[], kind: Segment['kind']): string =>
  segments.map((one) => (one.kind === kind || one.kind === 'same' ? one.text : '')).join('');

describe('[R-history] the log', () => {
  it('is read by pages, with who and when', async () => {
    const all: LoggedEntry[] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: { entries: LoggedEntry[]; next?: number; authors: Author[] } = await read(`?from=${from}`);
      for (const { author, rev } of page.entries) expect(nameOf(page.authors, author)).toBe(names[rev - 1]);
      all.push(...page.entries);
      from = page.next;
    }
    expect(all.map(({ rev }) => rev)).toEqual(Array.from({ length: REVISIONS }, (_, index) => index + 1));
    expect(all.reduce((text, { op }) => apply(text, op), '')).toBe(texts[REVISIONS]);
    const few = await read<{ entries: LoggedEntry[] }>('?from=7&to=9');
    expect(few).toEqual({ entries: all.slice(6, 9), authors: few.authors });
    expect(await read(`?from=${REVISIONS + 1}`)).toEqual({ entries: [], authors: [] });
  });

  it('has a timeline that adds up', async () => {
    const { rev, buckets, authors } = await read<{
      rev: number;
      buckets: { first: number; last: number; from: number; to: number; edits: [number, number][] }[];
    }>('/timeline?buckets=40');
    expect([rev, buckets.length]).toEqual([REVISIONS, 40]);
    for (const { first, last, from, to, edits } of buckets) {
      expect(to).toBeGreaterThanOrEqual(from);
      for (const [author, count] of edits) {
        const name = nameOf(authors, author);
        expect(count).toBe(names.slice(first - 1, last).filter((one) => one === name).length);
      }
    }
    expect(authors.map(({ name }) => name).toSorted()).toEqual(NAMES);
    const { buckets: usual } = await read<{ buckets: unknown[] }>('/timeline');
    expect(usual).toHaveLength(400);
  });

  it('finds the revision of a moment', async () => {
    const { entries } = await read<{ entries: LoggedEntry[] }>('?from=600&to=601');
    const [first, second] = entries;
    expect(await read(`/since?at=${(entries[0]?.at ?? 0) - 3_600_000}`)).toEqual({ rev: 0 });
    expect(await read('/since?at=9000000000000')).toEqual({ rev: REVISIONS });
    const { rev } = await read<{ rev: number }>(`/since?at=${first?.at}`);
    expect(rev).toBeGreaterThanOrEqual(600);
    expect((await read<{ at: number }>(`/at?rev=${rev}`)).at).toBe(first?.at);
    expect(second?.at).toBeGreaterThanOrEqual(first?.at ?? 0);
  });
});

describe('[R-history] a revision', () => {
  it.each([0, 1, 2, 499, 500, 501, 1_000, REVISIONS - 1, REVISIONS])('%i has its text and author', async (rev) => {
    const { text, author, authors, at } = await read<{ text: string; author: number; at: number }>(`/at?rev=${rev}`);
    expect(text).toBe(texts[rev]);
    expect(nameOf(authors, author)).toBe(names[rev - 1]);
    expect(at > 0).toBe(rev > 0);
  });

  it('is the newest if none is named', async () => {
    expect(await read('/at')).toMatchObject({ rev: REVISIONS, text: texts[REVISIONS] });
  });

  it('says who wrote every unit of it, old ones too, before and after newer ones were asked for', async () => {
    const runsAt = async (query: string): Promise<string[]> => {
      const { runs, authors } = await read<{ runs: [number, number, number][] }>(`/authorship${query}`);
      return runs.flatMap(([length, author]) => Array.from({ length }, () => nameOf(authors, author) ?? '?'));
    };
    const early = await runsAt('?rev=900');
    expect(early).toHaveLength(texts[900]?.length ?? -1);
    expect(await runsAt('')).toEqual(owners);
    expect(await runsAt('?rev=900')).toEqual(early);
    expect(await runsAt(`?rev=${REVISIONS}`)).toEqual(owners);
    expect(await runsAt('?rev=0')).toEqual([]);
  });
});

describe('[R-history] what changed', () => {
  it.each([
    [0, REVISIONS],
    [600, REVISIONS],
    [499, 501],
    [7, 8],
  ])('from %i to %i leads from the one text to the other', async (from, to) => {
    const { segments, authors } = await read<{ segments: Segment[] }>(`/changes?from=${from}&to=${to}`);
    expect(joined(segments, 'removed')).toBe(texts[from]);
    expect(joined(segments, 'added')).toBe(texts[to]);
    for (const { kind, author } of segments) {
      expect(nameOf(authors, author) !== undefined).toBe(kind !== 'same');
      if (to === from + 1 && kind !== 'same') expect(nameOf(authors, author)).toBe(names[from]);
    }
  });

  it('by one person is taken back by an op, which the room then takes', async () => {
    const { token: other } = (await createRoom(server.url, { text: 'The quick fox.', name: 'Ada' })).links.edit;
    const edit = async (rev: number, op: Op, name: string) =>
      expect((await postJson(server.url, `/api/rooms/${other}/ops`, { rev, op, name })).status).toBe(200);
    await edit(1, [4, 'SPAM ', -6], 'Mal');
    await edit(2, [9, 'brown '], 'Ben');
    await edit(3, ['SPAM '], 'Mal');
    const { authors: all } = (await get('', other)).json<{ authors: Author[] }>();
    const mal = all.find(({ name }) => name === 'Mal')?.author;
    const answer = await get(`/undo?author=${mal}&since=1`, other);
    const { rev, op, authors, ...undo } = answer.json<{ rev: number; op: Op; authors: Author[] }>();
    expect(undo).toMatchObject({
      changes: 2,
      inserted: 6,
      deleted: 10,
      segments: [
        { kind: 'removed', text: 'SPAM ', author: mal },
        { kind: 'same', text: 'The ', author: 0, at: 0 },
        { kind: 'removed', text: 'SPAM ', author: mal },
        { kind: 'added', text: 'quick ', author: mal },
        { kind: 'same', text: 'brown fox.', author: 0, at: 0 },
      ],
    });
    expect(authors.map(({ name }) => name)).toEqual(['Mal']);
    await edit(rev, op, 'Ada');
    expect((await get('/at', other)).json<{ text: string }>().text).toBe('The quick brown fox.');
    // What was taken back stays in the history.
    expect((await get('/at?rev=4', other)).json<{ text: string }>().text).toBe('SPAM The SPAM brown fox.');
  });

  it('by people who did nothing is nothing', async () => {
    const undo = await read<{ op: Op; segments: Segment[] }>(`/undo?author=98&author=99&since=0`);
    expect(undo).toMatchObject({ op: [], changes: 0, inserted: 0, deleted: 0, rev: REVISIONS, authors: [] });
    expect(undo.segments.map(({ text }) => text)).toEqual([texts[REVISIONS]]);
  });
});

describe('[R-history] questions that cannot be answered', () => {
  const beyond = REVISIONS + 1;
  it.each([
    [`?to=${beyond}`, 404, 'bad-rev'],
    [`?from=${beyond + 1}`, 404, 'bad-rev'],
    [`/at?rev=${beyond}`, 404, 'bad-rev'],
    [`/authorship?rev=${beyond}`, 404, 'bad-rev'],
    [`/changes?from=0&to=${beyond}`, 404, 'bad-rev'],
    [`/undo?author=1&since=${beyond}`, 404, 'bad-rev'],
    ['?from=0', 400, 'bad-field'],
    ['?from=x', 400, 'bad-field'],
    ['/at?rev=-1', 400, 'bad-field'],
    ['/at?rev=1.5', 400, 'bad-field'],
    ['/at?rev=', 400, 'bad-field'],
    ['/at?rev=99999999999999999', 400, 'bad-field'],
    ['/timeline?buckets=0', 400, 'bad-field'],
    ['/timeline?buckets=1001', 400, 'bad-field'],
    ['/changes?from=5&to=5', 400, 'bad-field'],
    ['/changes?from=6&to=5', 400, 'bad-field'],
    ['/since', 400, 'bad-field'],
    ['/since?at=now', 400, 'bad-field'],
    ['/undo?since=0', 400, 'bad-field'],
    ['/undo?author=0&since=0', 400, 'bad-field'],
    ['/undo?author=1', 400, 'bad-field'],
    ['/nothing', 404, 'no-such-page'],
  ])('%s: %i', async (place, status, code) => {
    const answer = await get(place);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect([answer.status, answer.json<Problem>().code]).toEqual([status, code]);
    expect(answer.json<Problem>().detail).toMatch(/\.$/);
  });

  it('people beyond a hundred', async () => {
    expect((await get(`/undo?${'author=1&'.repeat(100)}since=0`)).status).toBe(200);
    expect((await get(`/undo?${'author=1&'.repeat(101)}since=0`)).status).toBe(400);
  });

  it('an empty room has an empty history', async () => {
    const { token: empty } = (await createRoom(server.url)).links.edit;
    const body = async (place: string): Promise<unknown> => (await get(place, empty)).json();
    expect(await body('')).toEqual({ entries: [], authors: [] });
    expect(await body('/timeline')).toEqual({ rev: 0, buckets: [], authors: [] });
    expect(await body('/at')).toEqual({ rev: 0, at: 0, author: 0, text: '', authors: [] });
    expect(await body('/authorship')).toEqual({ rev: 0, runs: [], authors: [] });
    expect(await body('/since?at=1')).toEqual({ rev: 0 });
    expect((await get('/changes', empty)).status).toBe(400);
    expect(await body('/undo?author=1&since=0')).toMatchObject({ rev: 0, op: [], changes: 0, segments: [] });
  });
});

it('[R-history] a caller that hangs up harms nobody, and the next one gets its answer', async () => {
  const places = ['/changes', '/authorship?rev=1299', '/undo?author=1&since=0', '/timeline'];
  await Promise.all(
    places.flatMap((place) =>
      Array.from({ length: 5 }, async () => {
        const hangUp = new AbortController();
        const asked = fetch(`${server.url}/api/rooms/${token}/history${place}`, { signal: hangUp.signal });
        setImmediate(() => hangUp.abort());
        await asked.catch(() => undefined);
      }),
    ),
  );
  const answers = await eventually('answers', async () => {
    const all = await Promise.all(places.map((place) => get(place)));
    return all.every(({ status }) => status === 200) && all;
  });
  expect(answers).toHaveLength(places.length);
  expect(server.output()).not.toContain('request failed');
});
