import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags as t } from '@lezer/highlight';
import { CODE_TAGS } from './code-tags.ts';

/** Five hues of the tokens; bold and italic do the rest. Colours are variables, so the theme needs no second style. */
const style = HighlightStyle.define([
  { tag: CODE_TAGS.keyword, color: 'var(--code-keyword)' },
  { tag: CODE_TAGS.string, color: 'var(--code-string)' },
  { tag: CODE_TAGS.number, color: 'var(--code-number)' },
  { tag: CODE_TAGS.name, color: 'var(--code-name)' },
  { tag: CODE_TAGS.type, color: 'var(--code-type)' },
  { tag: CODE_TAGS.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: CODE_TAGS.mark, color: 'var(--ink-3)' },
  { tag: t.invalid, color: 'var(--danger)' },
  { tag: t.strong, fontWeight: '700' },
  { tag: t.emphasis, fontStyle: 'italic' },
  { tag: t.strikethrough, textDecoration: 'line-through' },
  { tag: [t.link, t.url], color: 'var(--accent)' },
  { tag: t.inserted, backgroundColor: 'var(--added)' },
  { tag: t.deleted, backgroundColor: 'var(--removed)' },
]);

export function highlighting(): Extension {
  return syntaxHighlighting(style);
}
