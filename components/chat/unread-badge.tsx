/** What the badge has space for. */
const MOST = 99;

/** How many messages are new, on the corner of the button that leads to them. The button says it in words. */
export function UnreadBadge({ count }: { count: number }) {
  return (
    <span
      aria-hidden="true"
      data-badge=""
      className="absolute end-0.5 top-0.5 min-w-3.5 rounded-full bg-accent px-0.75 text-center text-[10px] leading-3.5 font-bold text-accent-ink"
    >
      {count > MOST ? `${MOST}+` : count}
    </span>
  );
}
