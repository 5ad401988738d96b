import { Prec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** No red lines under words, and no correction of them. */
export const noSpelling = Prec.highest(EditorView.contentAttributes.of({ spellcheck: 'false', autocorrect: 'off' }));
