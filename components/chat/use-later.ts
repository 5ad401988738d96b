import { useEffect, useState } from 'react';

/** False at first, true once the component has been there for `ms`: what is over sooner needs no words. */
export function useLater(ms: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isLate;
}
