import type { Endpoint } from '../endpoint.ts';
import { StatusSession, type StatusDeps } from './status-session.ts';

/** Watchers of the live dashboard: `/status/ws`. Public, but for what identifies a room. */
export function statusEndpoint(deps: StatusDeps): Endpoint {
  return {
    mostBytes: deps.limits.statusFrame,
    binary: false,
    choose: () => false,
    open: (url) => (url.pathname === '/status/ws' ? (wire, caller) => new StatusSession(wire, deps, caller) : null),
  };
}
