'use client';

import { Eye, X } from 'lucide-react';
import { inkStyle } from '../people/colors.ts';
import { InSlot } from '../ui/slot.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { followed, type Followed } from './around.ts';
import { presenceStrings } from './presence-strings.ts';

/** Whom one follows, and how to stop: in the bar, or in a row of its own on a phone. */
export function FollowingChip({ who, onStop }: { who: Followed; onStop: () => void }) {
  const phone = usePhone();
  const t = presenceStrings.following;
  const chip = (
    <button
      type="button"
      data-testid="following"
      aria-label={t.stop(who.name)}
      title={presenceStrings.menu.stop}
      onClick={() => {
        followed.set(null);
        onStop();
      }}
      style={inkStyle(who.color)}
      className={`flex min-w-0 items-center gap-2 bg-brass-tint text-ink ${phone ? 'h-11 w-full px-4' : 'touch h-7 rounded-sm ps-2 pe-1.5 hover:bg-hover'}`}
    >
      <Eye size={14} aria-hidden="true" className="flex-none text-(--a)" />
      <span className="min-w-0 truncate font-semibold">{t.who(who.name)}</span>
      {phone ? (
        <span className="ms-auto flex-none text-ink-2">{presenceStrings.menu.stop}</span>
      ) : (
        <span className="flex-none text-xs text-ink-2 max-desktop:hidden">{t.how}</span>
      )}
      <X size={14} aria-hidden="true" className="flex-none text-ink-2" />
    </button>
  );
  return <InSlot name={phone ? 'strip' : 'bar'}>{chip}</InSlot>;
}
