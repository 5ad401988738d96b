import { useMemo, type ComponentProps } from 'react';
import type { Person } from '../../lib/client/index.ts';
import { inkStyle } from './colors.ts';
import { initials } from './initials.ts';

export type Presence = 'you' | 'here' | 'idle';

const LOOKS: Record<Presence, string> = {
  you: 'inset-ring-2 inset-ring-(--a) text-(--a)',
  here: 'bg-(--a) text-author-ink',
  idle: 'bg-[color-mix(in_oklab,var(--a)_8%,var(--canvas))] text-(--a)',
};

/** Whoever came otherwise than with this page has a corner cut off; on a tint it is a corner turned down. */
const FOREIGN = 'bg-[linear-gradient(225deg,currentcolor_5.5px,transparent_6px)]';

interface Chip {
  name: string;
  color: number;
  presence: Presence;
  typing?: boolean;
  kind?: Person['kind'];
}

function lookOf(presence: Presence, kind: Person['kind']): string {
  return kind === 'ot' ? LOOKS[presence] : `${LOOKS[presence]} ${FOREIGN}`;
}

/** Initials on the person's colour: outlined for you, solid for who is here, a tint for who may not be. */
export function PersonChip({
  name,
  color,
  presence,
  typing = false,
  kind = 'ot',
  children,
  ...button
}: Chip & Omit<ComponentProps<'button'>, keyof Chip>) {
  return (
    <button
      type="button"
      data-testid="person"
      data-presence={presence}
      data-typing={typing}
      data-kind={kind}
      style={inkStyle(color)}
      className={`relative grid size-7 flex-none place-items-center rounded-sm text-xs font-bold ${lookOf(presence, kind)}`}
      {...button}
    >
      <Initials name={name} />
      {typing && <span aria-hidden="true" className="absolute inset-x-1.5 -bottom-1.25 h-0.5 rounded-xs bg-(--a)" />}
      {children}
    </button>
  );
}

/** Marks above and below letters stay inside the chip. */
export function Initials({ name }: { name: string }) {
  // Taking a name apart is the dearest thing in the bar, and it is drawn often.
  const letters = useMemo(() => initials(name), [name]);
  return <bdi className="max-h-7 overflow-clip">{letters}</bdi>;
}

/** The same as a picture in a list. */
export function PersonBadge({ name, color, presence, typing = false, kind = 'ot' }: Chip) {
  return (
    <span
      aria-hidden="true"
      style={inkStyle(color)}
      className={`relative grid size-7 flex-none place-items-center rounded-sm text-xs font-bold ${lookOf(presence, kind)}`}
    >
      <Initials name={name} />
      {typing && <span className="absolute inset-x-1.5 -bottom-1.25 h-0.5 rounded-xs bg-(--a)" />}
    </span>
  );
}
