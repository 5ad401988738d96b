import { strings } from '../strings.ts';

/** EmptyRoom: what an empty text says, gone with the first letter. A fresh element each time, as CodeMirror wants it. */
export function freshHint(): HTMLElement {
  const hint = document.createElement('span');
  hint.className = 'fresh-hint';
  const first = document.createElement('span');
  first.textContent = strings.fresh.hint;
  const second = document.createElement('span');
  second.className = 'fresh-hint-drop';
  second.textContent = strings.fresh.drop;
  hint.append(first, second);
  return hint;
}
