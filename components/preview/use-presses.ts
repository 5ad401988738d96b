import { useEffect, useRef, type RefObject } from 'react';

interface Presses {
  click: (event: MouseEvent) => void;
  dblclick: (event: MouseEvent) => void;
}

/**
 * Presses on links, boxes and words inside of `area`, which are no elements of React. Links and boxes take the keyboard
 * themselves, and a key on one of them is a press too.
 */
export function usePresses(area: RefObject<HTMLElement | null>, presses: Presses): void {
  const latest = useRef(presses);
  useEffect(() => {
    latest.current = presses;
  });
  useEffect(() => {
    const element = area.current;
    const click = (event: MouseEvent) => latest.current.click(event);
    const twice = (event: MouseEvent) => latest.current.dblclick(event);
    element?.addEventListener('click', click);
    element?.addEventListener('dblclick', twice);
    return () => {
      element?.removeEventListener('click', click);
      element?.removeEventListener('dblclick', twice);
    };
  }, [area]);
}
