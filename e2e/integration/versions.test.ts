import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  createRoom,
  type CreatedRoom,
  postJson,
  type Problem,
  request,
  startServer,
  type TestServer,
} from '../harness/index.ts';

let server: TestServer;
let links: CreatedRoom['links'];
beforeAll(async () => {
  server = await startServer();
  ({ links } = await createRoom(server.url, { text: 'one', name: 'Ada' }));
});
afterAll(async () => {
  await server.stop();
});

const at = (path = ''): string => `/api/rooms/${links.edit.token}/versions${path}`;
const json = (method: string, path: string, value: unknown): Promise<Answer> =>
  request(server.url, method, at(path), {
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  });
const list = async () =>
  (await request(server.url, 'GET', at())).json<{
    versions: { rev: number; name: string; author: number; at: number }[];
    authors: { author: number; name: string }[];
  }>();

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.json<Problem>().code]).toEqual([status, code]);
}

describe('[R-history] versions with a name', () => {
  it('are made, listed with who made them, renamed and taken away', async () => {
    expect(await list()).toEqual({ versions: [], authors: [] });
    const before = Date.now();
    const made = await postJson(server.url, at(), { rev: 1, name: 'First draft 😀', by: 'Ben' });
    expect(made.status).toBe(201);
    expect((await postJson(server.url, at(), { rev: 0, name: 'Empty' })).status).toBe(201);

    const { versions, authors } = await list();
    expect(versions.map(({ rev, name }) => [rev, name])).toEqual([
      [0, 'Empty'],
      [1, 'First draft 😀'],
    ]);
    expect(versions[1]).toEqual(made.json());
    expect(versions[1]?.at).toBeGreaterThanOrEqual(before);
    const nameOf = (author: number | undefined) => authors.find((one) => one.author === author)?.name;
    expect(versions.map(({ author }) => nameOf(author))).toEqual(['API', 'Ben']);

    expect((await json('PATCH', '/1', { name: 'Sent to Ada' })).json()).toEqual({ rev: 1, name: 'Sent to Ada' });
    expect((await request(server.url, 'DELETE', at('/0'))).status).toBe(204);
    expect((await list()).versions.map(({ rev, name }) => [rev, name])).toEqual([[1, 'Sent to Ada']]);
  });

  it('are refused where there is nothing to name, or a name already', async () => {
    expectProblem(await postJson(server.url, at(), { rev: 1, name: 'Again' }), 409, 'version-exists');
    expectProblem(await postJson(server.url, at(), { rev: 99, name: 'Later' }), 404, 'bad-rev');
    expectProblem(await json('PATCH', '/99', { name: 'Later' }), 404, 'no-such-version');
    expectProblem(await request(server.url, 'DELETE', at('/99')), 404, 'no-such-version');
    for (const body of [{ rev: 1 }, { rev: -1, name: 'x' }, { rev: 1, name: '' }, { rev: 1, name: ' ' }]) {
      expectProblem(await postJson(server.url, at(), body), 400, 'bad-field');
    }
    expectProblem(await postJson(server.url, at(), { rev: 1, name: 'x'.repeat(81) }), 400, 'bad-field');
    expectProblem(await json('PATCH', '/1', { name: 'two\nlines' }), 400, 'bad-field');
    expect((await list()).versions).toHaveLength(1);
  });
});
