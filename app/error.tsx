'use client';

import { pageStrings } from '../components/page-strings.ts';
import { lazyPart, Part } from '../components/ui/lazy-part.tsx';

const failure = lazyPart<object>(
  () => import('../components/room/failure-page.tsx').then((file) => file.FailurePage),
  'when-used',
);

/** Every page carries this for the case that it fails; its looks come when it does, if they come. */
export default function Failure() {
  return (
    <Part part={failure} props={{}}>
      <h1>{pageStrings.failure.heading}</h1>
    </Part>
  );
}
