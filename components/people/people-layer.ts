import { lazyLayer } from '../ui/lazy-layer.tsx';
import type { PeopleListProps } from './people-list.tsx';

/** The list of people, as a layer beside whatever leads to it. */
export const peopleLayer = lazyLayer<PeopleListProps>(() =>
  import('./people-list.tsx').then((file) => file.PeopleList),
);
