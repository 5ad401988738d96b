import { type Answer, request } from './rest.ts';

/** A link as its owner is shown it. */
export interface OwnedLink {
  id: number;
  role: 'owner' | 'edit' | 'view';
  name: string;
  token: string;
  url: string;
  createdAt: number;
  expiresAt: number | null;
  password: boolean;
  revokedAt: number | null;
  uses: number;
  here: { author: number; name: string; color: number }[];
}

/** What may be said of a link. */
export interface LinkWish {
  name?: string;
  expiresAt?: number | null;
  password?: string | null;
}

/** What the owner of a room may do over REST. Everything throws if it is refused. */
export interface Owner {
  links(): Promise<OwnedLink[]>;
  /** The oldest link of this role. */
  link(role: OwnedLink['role']): Promise<OwnedLink>;
  make(role: 'edit' | 'view', wish?: LinkWish): Promise<OwnedLink>;
  change(id: number, wish: LinkWish): Promise<OwnedLink>;
  rotate(id: number): Promise<OwnedLink>;
  revoke(id: number): Promise<void>;
  remove(author: number): Promise<void>;
  lock(locked: boolean): Promise<void>;
  /** The room, with everything. */
  delete(): Promise<void>;
}

export function ownerOf(url: string, token: string): Owner {
  async function ask(method: string, path: string, value?: unknown): Promise<Answer> {
    const answer = await request(url, method, `/api/rooms/${token}${path}`, {
      ...(value !== undefined && { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status >= 300) throw new Error(`${method} …${path} answered ${answer.status}: ${answer.text()}`);
    return answer;
  }
  const links = async (): Promise<OwnedLink[]> => (await ask('GET', '/links')).json<{ links: OwnedLink[] }>().links;
  return {
    links,
    async link(role) {
      const found = (await links()).find((link) => link.role === role);
      if (!found) throw new Error(`The room has no ${role} link.`);
      return found;
    },
    make: async (role, wish = {}) => (await ask('POST', '/links', { role, ...wish })).json<OwnedLink>(),
    change: async (id, wish) => (await ask('PATCH', `/links/${id}`, wish)).json<OwnedLink>(),
    rotate: async (id) => (await ask('POST', `/links/${id}/rotate`)).json<OwnedLink>(),
    revoke: async (id) => void (await ask('DELETE', `/links/${id}`)),
    remove: async (author) => void (await ask('DELETE', `/people/${author}`)),
    lock: async (locked) => void (await ask('PUT', '/lock', { locked })),
    delete: async () => void (await ask('DELETE', '')),
  };
}
