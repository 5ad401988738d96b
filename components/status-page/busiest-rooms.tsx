import { adminStrings } from '../admin/admin-strings.ts';
import { TokenField } from '../admin/token-field.tsx';
import { withBase } from '../ui/base-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { DataTable } from './data-table.tsx';
import { numeral } from './numbers.ts';
import type { BusyRoom } from './read-frame.ts';
import { statusPageStrings } from './status-page-strings.ts';
import type { Keeper } from './use-status.ts';

export interface BusiestRoomsProps {
  keeper: Keeper;
  rooms: readonly BusyRoom[];
  say: (token: string | null) => void;
}

/** Where most is written, for whoever has the admin token; for everybody else the field for it. */
export function BusiestRooms({ keeper, rooms, say }: BusiestRoomsProps) {
  const t = statusPageStrings;
  switch (keeper.kind) {
    case 'off':
      return null;
    case 'asked':
      return (
        <section className="grid gap-2">
          <h2 className="text-md font-semibold">{t.busiest}</h2>
          <p className="text-ink-2">{t.keeperOnly}</p>
          <TokenField trouble={keeper.trouble} onToken={say} />
        </section>
      );
    case 'in':
      return (
        <DataTable
          heading={t.busiest}
          columns={[{ name: t.room }, { name: t.people, isNumber: true }, { name: t.editsAMinute, isNumber: true }]}
          rows={rooms.map(({ id, title, people, edits }) => ({
            key: id,
            cells: [title || t.untitled, numeral(people), numeral(edits)],
          }))}
        >
          {rooms.length === 0 && <p className="py-2 text-ink-2">{t.noRooms}</p>}
          <div className="mt-3 flex gap-2">
            <a href={withBase('/admin')} className={buttonClass('plain')}>
              {t.manage}
            </a>
            <Button look="quiet" onClick={() => say(null)}>
              {adminStrings.token.leave}
            </Button>
          </div>
        </DataTable>
      );
  }
}
