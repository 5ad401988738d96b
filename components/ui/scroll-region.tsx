import type { ComponentProps } from 'react';

/** An area that scrolls by itself. It takes the focus, for only so can it be scrolled by keys; its role and name come from outside. */
export function ScrollRegion(props: ComponentProps<'div'>) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys scroll only what has the focus
  return <div tabIndex={0} {...props} />;
}
