import { indentUnit } from '@codemirror/language';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import type { Preferences } from '../room/preferences.ts';

/** What Tab writes, and how wide a tab is drawn. */
export function indentation({ indent, tabs }: Pick<Preferences, 'indent' | 'tabs'>): Extension {
  return Prec.highest([indentUnit.of(tabs ? '\t' : ' '.repeat(indent)), EditorState.tabSize.of(indent)]);
}
