import type { ComponentProps } from 'react';

type Look = 'primary' | 'plain' | 'quiet' | 'link' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover active:bg-accent-hover',
  plain: 'inset-ring inset-ring-line-strong hover:bg-hover active:bg-selected',
  quiet: 'text-ink-2 hover:bg-hover active:bg-selected',
  link: 'text-accent hover:bg-hover active:bg-selected',
  danger: 'bg-danger text-danger-ink',
};

/** One coloured button per screen; the others are plain or quiet. `small` is for rows inside a layer. */
export function Button({
  look = 'plain',
  small = false,
  className = '',
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { look?: Look; small?: boolean }) {
  return <button type={type} className={`${buttonClass(look, small)} ${className}`} {...rest} />;
}

/** The same for a link that looks like a button. */
export function buttonClass(look: Look, small = false): string {
  const height = small ? 'h-7 px-2.5' : 'h-8 px-3';
  return `touch inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm font-semibold whitespace-nowrap no-underline transition-colors duration-(--fast) disabled:bg-sunken disabled:text-ink-3 disabled:inset-ring-0 ${height} ${LOOKS[look]}`;
}

/** An icon alone, for close and more; `label` says what it does. */
export function IconButton({
  label,
  className = '',
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`touch grid size-8 flex-none place-items-center rounded-sm text-ink-2 transition-colors duration-(--fast) hover:bg-hover hover:text-ink active:bg-selected aria-expanded:bg-selected aria-expanded:text-ink ${className}`}
      {...rest}
    />
  );
}
