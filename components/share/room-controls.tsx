'use client';

import { layerStrings } from '../layer-strings.ts';
import { AskOnce } from '../ui/ask-once.tsx';
import { Switch } from '../ui/switch.tsx';
import { FaultLine } from './fault-line.tsx';
import { deleteRoom, lockRoom } from './links-api.ts';
import { useAct } from './use-act.ts';

export interface RoomControlsProps {
  owner: string;
  locked: boolean;
  onChanged: () => Promise<void>;
  onDeleted: () => void;
}

/** What the owner does to the room as a whole: locks it, or deletes it. */
export function RoomControls({ owner, locked, onChanged, onDeleted }: RoomControlsProps) {
  const { busy, fault, act } = useAct();
  const t = layerStrings.links;
  return (
    <div className="grid gap-1.5 border-t border-line pt-2.5">
      <div className="-mx-2">
        <Switch
          words={t.lock}
          on={locked}
          onChange={(on) =>
            act(async () => {
              await lockRoom(owner, on);
              await onChanged();
            })
          }
        />
      </div>
      <div className="-mx-2.5 flex flex-wrap">
        <AskOnce
          words={t.remove}
          question={t.removeAsk}
          busy={busy}
          choices={[
            {
              words: t.removeYes,
              run: () =>
                act(async () => {
                  await deleteRoom(owner);
                  onDeleted();
                }),
            },
          ]}
        />
      </div>
      <FaultLine words={fault} />
    </div>
  );
}
