import { numeral, weight } from '../status-page/numbers.ts';
import { AskOnce } from '../ui/ask-once.tsx';
import { Button } from '../ui/button.tsx';
import { dateWords } from '../words/dates.ts';
import { adminApi, type AdminRoom } from './admin-api.ts';
import { adminStrings } from './admin-strings.ts';

export interface RoomsTableProps {
  rooms: readonly AdminRoom[];
  busy: boolean;
  /** Does something with the token, and shows the sentence that comes of it. */
  act: (run: (token: string) => Promise<string>) => void;
}

/** One page of rooms. What can be done to one stands in its row. */
export function RoomsTable({ rooms, busy, act }: RoomsTableProps) {
  const t = adminStrings;
  return (
    <table className="w-full border-collapse text-sm" aria-label={t.about}>
      <thead>
        <tr className="border-b border-line text-xs text-ink-2">
          <th scope="col" className="py-1.5 text-start font-normal">
            {t.room}
          </th>
          {[t.here, t.size, t.created, t.edited].map((name, at) => (
            <th key={name} scope="col" className={`py-1.5 ps-3 text-end font-normal whitespace-nowrap ${extra(at)}`}>
              {name}
            </th>
          ))}
          <th scope="col" className="py-1.5 ps-3 text-end font-normal">
            {t.actions}
          </th>
        </tr>
      </thead>
      <tbody>
        {rooms.map((room) => (
          <Row key={room.id} room={room} busy={busy} act={act} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ room, busy, act }: Omit<RoomsTableProps, 'rooms'> & { room: AdminRoom }) {
  const t = adminStrings;
  const { id, bytes, createdAt, lastEditAt, people } = room;
  const title = room.title || t.untitled;
  const numbers = [
    numeral(people),
    weight(bytes),
    dayOf(createdAt),
    lastEditAt === null ? t.never : timeOf(lastEditAt),
  ];
  return (
    <tr className="border-b border-line align-top" data-room={id}>
      <th scope="row" className="min-w-32 py-2.5 text-start font-normal wrap-anywhere">
        {title}
        <span className="block font-mono text-2xs text-ink-3">{id}</span>
      </th>
      {numbers.map((words, at) => (
        <td key={`${at}`} className={`py-2.5 ps-3 text-end whitespace-nowrap ${extra(at)}`}>
          {words}
        </td>
      ))}
      <td className="py-1.5 ps-3">
        <div className="ms-auto flex max-w-80 flex-wrap justify-end gap-1">
          <Button
            small
            look="quiet"
            aria-label={t.closeOf(title)}
            disabled={busy}
            onClick={() =>
              act(async (token) => ((await adminApi.close(token, id)) ? t.closed(title) : t.notOpen(title)))
            }
          >
            {t.close}
          </Button>
          <AskOnce
            words={t.remove}
            label={t.removeOf(title)}
            question={t.removeAsk}
            busy={busy}
            choices={[
              {
                words: t.removeYes,
                run: () =>
                  act(async (token) => {
                    await adminApi.remove(token, id);
                    return t.removed(title);
                  }),
              },
            ]}
          />
        </div>
      </td>
    </tr>
  );
}

/** On phones only who is there now is kept of the numbers. */
function extra(column: number): string {
  return column === 0 ? '' : 'max-tablet:hidden';
}

function dayOf(at: number): string {
  return dateWords(at, { day: 'numeric', month: 'short', year: 'numeric' });
}

function timeOf(at: number): string {
  return dateWords(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
