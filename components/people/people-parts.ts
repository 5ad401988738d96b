/** What the page brings once somebody else is here, in one file: each further one would cost the first load its address. */
export { caretDrawing } from '../editor/caret-drawing.ts';
export { Others } from './others.tsx';
export { FocusMode } from '../presence/focus-mode.tsx';
export { PeopleAnnouncer } from '../presence/people-announcer.tsx';
export { Together } from '../presence/together.tsx';
