import { Problem } from './problem.ts';

/** What is asked of an address; HEAD counts as GET, and everything that we do not know as `other`. */
export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'other';

export function methodOf(named: string | undefined): Method {
  switch (named) {
    case 'HEAD':
    case 'GET':
      return 'GET';
    case 'PUT':
    case 'POST':
    case 'PATCH':
    case 'DELETE':
      return named;
    default:
      return 'other';
  }
}

/** What to do for this method, or `Problem` 405 that names those that are allowed. */
export function allow<T>(method: Method, by: Readonly<Partial<Record<Exclude<Method, 'other'>, T>>>): T {
  const found = method === 'other' ? undefined : by[method];
  if (found !== undefined) return found;
  const allowed = Object.keys(by).join(', ');
  throw new Problem(405, 'method-not-allowed', `Allowed here: ${allowed}.`, { allow: allowed });
}
