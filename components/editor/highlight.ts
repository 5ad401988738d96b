import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags as t } from '@lezer/highlight';

/** Five hues of the tokens; bold and italic do the rest. Colours are variables, so the theme needs no second style. */
const style = HighlightStyle.define([
  {
    tag: [t.keyword, t.modifier, t.operatorKeyword, t.controlKeyword, t.definitionKeyword, t.moduleKeyword],
    color: 'var(--code-keyword)',
  },
  { tag: [t.string, t.special(t.string), t.regexp, t.character, t.attributeValue], color: 'var(--code-string)' },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit, t.color, t.escape], color: 'var(--code-number)' },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.propertyName),
      t.tagName,
      t.definition(t.function(t.variableName)),
      t.macroName,
    ],
    color: 'var(--code-name)',
  },
  { tag: [t.typeName, t.className, t.namespace, t.attributeName, t.labelName], color: 'var(--code-type)' },
  { tag: [t.comment, t.docComment], color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [t.meta, t.documentMeta, t.processingInstruction, t.contentSeparator], color: 'var(--ink-3)' },
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
