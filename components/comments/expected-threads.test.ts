import { describe, expect, it } from 'vitest';
import type { CommentAct, Thread, Unanswered } from '../../lib/client/index.ts';
import { expectedThreads } from './expected-threads.ts';

const me = { author: 2, name: 'Ann', color: 7 };
const said = (id: string, author = 1) => ({ id, author, name: 'Mina', color: 2, at: 1, text: `Text of ${id}` });
const thread = (id: string, comments = [said(`${id}1`)]): Thread => ({
  id,
  anchor: { from: 0, to: 3, text: 'One', gone: null },
  resolved: null,
  comments,
});
const waits = (
  id: string,
  name: string,
  act: CommentAct,
  state: Unanswered['state'] = { kind: 'waiting' },
): Unanswered => ({
  message: { t: 'comment', id, thread: name, act },
  state,
});
const expected = (threads: Thread[], ...waiting: Unanswered[]) =>
  expectedThreads(new Map(threads.map((one) => [one.id, one])), waiting, new Map([['b', 'two']]), me, 9);

describe('expectedThreads', () => {
  it('shows what was just said as if it were there', () => {
    const open = waits('b1', 'b', { kind: 'open', rev: 1, from: 4, to: 7, text: 'Why?' });
    const [a, b] = expected([thread('a')], open, waits('a2', 'a', { kind: 'reply', text: 'Because.' }));
    expect(a?.comments.map(({ text, unsent }) => [text, unsent?.kind])).toEqual([
      ['Text of a1', undefined],
      ['Because.', 'waiting'],
    ]);
    expect(b).toMatchObject({ id: 'b', anchor: { text: 'two' }, comments: [{ ...me, text: 'Why?' }] });
  });

  it('does acts in their order, on threads that are not at the server yet too', () => {
    const open = waits('b1', 'b', { kind: 'open', rev: 1, from: 4, to: 7, text: 'Why?' });
    const [b] = expected([], open, waits('x', 'b', { kind: 'resolve' }));
    expect(b?.resolved).toEqual({ author: 2, name: 'Ann', at: 9 });
    const again = expected([], open, waits('x', 'b', { kind: 'resolve' }), waits('y', 'b', { kind: 'reopen' }));
    expect(again[0]?.resolved).toBeNull();
  });

  it('changes and deletes comments, the whole thread with the first one', () => {
    const two = thread('a', [said('a1'), said('a2', 2)]);
    const texts = (...waiting: Unanswered[]) =>
      expected([two], ...waiting).map(({ comments }) => comments.map(({ text }) => text));
    expect(texts(waits('a2', 'a', { kind: 'change', text: 'Other' }))).toEqual([['Text of a1', 'Other']]);
    expect(texts(waits('a2', 'a', { kind: 'delete' }))).toEqual([['Text of a1']]);
    expect(texts(waits('a1', 'a', { kind: 'delete' }))).toEqual([]);
  });

  it('shows what was refused as it was, with the reason', () => {
    const refused = { kind: 'refused', why: 'No.' } as const;
    const [a] = expected([thread('a')], waits('x', 'a', { kind: 'resolve' }, refused));
    expect(a).toMatchObject({ resolved: null, refused: { id: 'x', why: 'No.' } });
    const [b] = expected([thread('b')], waits('b2', 'b', { kind: 'reply', text: 'Hm' }, refused));
    expect(b?.comments[1]).toMatchObject({ text: 'Hm', unsent: refused });
  });
});
