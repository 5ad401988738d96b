import { expect, it } from 'vitest';
import { givenLinks } from './given-links.ts';
import type { Link } from './links-api.ts';

const NOW = 1_000;

function link(id: number, role: Link['role'], over: Partial<Link> = {}): Link {
  const token = `${role}${id}`;
  const rest = { name: '', createdAt: 0, expiresAt: null, password: false, revokedAt: null, uses: 0, here: [] };
  return { id, role, token, ...rest, ...over };
}

it('without an answer of the server, what this browser knows is offered', () => {
  const given = givenLinks({ edit: 'e', view: null, owner: null }, null, NOW);
  expect(given).toEqual({ edit: { token: 'e', link: null }, view: null });
});

it('an owner on another device has edit and view links, though this browser knows none', () => {
  const all = [link(1, 'owner'), link(2, 'edit'), link(3, 'view'), link(4, 'edit')];
  const given = givenLinks({ edit: null, view: null, owner: 'owner1' }, all, NOW);
  expect(given.edit?.token).toBe('edit2');
  expect(given.view?.token).toBe('view3');
});

it('[P10] a link that is over is not offered, even where this browser knows it', () => {
  const all = [
    link(1, 'edit', { revokedAt: 5 }),
    link(2, 'edit', { expiresAt: NOW }),
    link(3, 'edit', { expiresAt: NOW + 1 }),
    link(4, 'view', { revokedAt: 5 }),
  ];
  const given = givenLinks({ edit: 'edit1', view: 'view4', owner: 'o' }, all, NOW);
  expect(given.edit?.token).toBe('edit3');
  expect(given.view).toBeNull();
});

it('of several the one that this browser knows is offered', () => {
  const all = [link(1, 'edit'), link(2, 'edit')];
  expect(givenLinks({ edit: 'edit2', view: null, owner: 'o' }, all, NOW).edit?.token).toBe('edit2');
});
