import type { NodeRow } from './board.ts';
import { DataTable } from './data-table.tsx';
import { duration, numeral, weight } from './numbers.ts';
import { statusPageStrings } from './status-page-strings.ts';

const BRASS = 'text-brass';

/** One row for each node: what it does. */
export function NodesTable({ nodes }: { nodes: readonly NodeRow[] }) {
  const t = statusPageStrings;
  const columns = [
    { name: t.node },
    { name: t.role },
    { name: t.roomsColumn, isNumber: true },
    { name: t.people, isNumber: true },
    { name: t.memory, isNumber: true, isExtra: true },
    { name: t.upColumn, isNumber: true },
  ];
  const rows = nodes.map(({ name, silent, state }) => ({
    key: name,
    cells: [
      name,
      roleOf(silent, state),
      state ? numeral(state.rooms) : t.none,
      state ? numeral(state.people) : t.none,
      state ? weight(state.memory) : t.none,
      state ? duration(state.upMs) : t.none,
    ],
  }));
  return <DataTable heading={t.nodes} columns={columns} rows={rows} />;
}

function roleOf(silent: number | null, state: NodeRow['state']) {
  const t = statusPageStrings;
  if (silent !== null) return <span className={BRASS}>{t.stale(silent)}</span>;
  if (state?.role === 'draining') return <span className={BRASS}>{t.drainingNode}</span>;
  return state ? t.serving : t.none;
}

/** One row for each node: whether it can write, and how long that takes. */
export function StorageTable({ nodes }: { nodes: readonly NodeRow[] }) {
  const t = statusPageStrings;
  const columns = [
    { name: t.node },
    { name: t.writes },
    { name: t.append, isNumber: true },
    { name: t.waiting, isNumber: true, isExtra: true },
    { name: t.failures, isNumber: true },
    { name: t.bus, isExtra: true, isNumber: true },
  ];
  const rows = nodes.map(({ name, storage }) => ({
    key: name,
    cells: storage
      ? [
          name,
          writesOf(storage.up),
          storage.append ? `${numeral(storage.append.p95)} ${t.ms}` : t.none,
          numeral(storage.waiting),
          numeral(storage.failures),
          busOf(storage.bus, nodes.length),
        ]
      : [name, ...Array<string>(columns.length - 1).fill(t.none)],
  }));
  return <DataTable heading={t.storage} columns={columns} rows={rows} />;
}

function writesOf(isUp: boolean) {
  const t = statusPageStrings;
  return isUp ? t.writing : <span className="text-danger">{t.notWriting}</span>;
}

/** A node that is alone has nobody to be in touch with. */
function busOf(isUp: boolean, nodes: number) {
  const t = statusPageStrings;
  if (!isUp) return <span className={BRASS}>{t.busLost}</span>;
  return nodes > 1 ? t.busUp : t.none;
}
