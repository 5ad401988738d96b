import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc's clock in a second, which Linux promises to programs. */
const TICKS = 100;

interface Times {
  parent: number;
  /** ms of all its threads, user and system. */
  own: number;
  /** ms of its children that have ended. */
  ofEnded: number;
}

/** CPU time that a process has used so far, in ms: all threads, user and system. Linux only. */
export function cpuOf(pid: number): number {
  return timesOf(pid).own;
}

/** The same of a process and its children, also those that have ended. */
export function cpuOfFamily(pid: number): number {
  const { own, ofEnded } = timesOf(pid);
  const alive = cpuOfChildren(pid);
  // A child that ended meanwhile may be in neither of the two.
  return timesOf(pid).ofEnded === ofEnded ? own + ofEnded + alive : cpuOfFamily(pid);
}

function cpuOfChildren(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesIfAlive(Number(name)))
    .filter((times) => times?.parent === pid);
  return children.reduce((sum, times) => sum + (times?.own ?? 0), 0);
}

/** The fields of proc(5), counted from behind the name. */
function timesOf(pid: number): Times {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may have spaces in it.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11);
  const ms = (ticks: number) => (ticks * 1_000) / TICKS;
  return { parent, own: ms(user + system), ofEnded: ms(endedUser + endedSystem) };
}

function timesIfAlive(pid: number): Times | null {
  try {
    return timesOf(pid);
  } catch {
    // It ended meanwhile.
    return null;
  }
}
