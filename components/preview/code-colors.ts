import { tagHighlighter, tags as t } from '@lezer/highlight';

/** The editor's five hues (components/editor/highlight.ts) as classes, whose colours are in paper-style.ts. */
export const codeColors = tagHighlighter([
  {
    tag: [t.keyword, t.modifier, t.operatorKeyword, t.controlKeyword, t.definitionKeyword, t.moduleKeyword],
    class: 'c-keyword',
  },
  { tag: [t.string, t.special(t.string), t.regexp, t.character, t.attributeValue], class: 'c-string' },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit, t.color, t.escape], class: 'c-number' },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.propertyName),
      t.tagName,
      t.definition(t.function(t.variableName)),
      t.macroName,
    ],
    class: 'c-name',
  },
  { tag: [t.typeName, t.className, t.namespace, t.attributeName, t.labelName], class: 'c-type' },
  { tag: [t.comment, t.docComment], class: 'c-comment' },
  { tag: [t.meta, t.documentMeta, t.processingInstruction, t.contentSeparator], class: 'c-mark' },
  { tag: t.invalid, class: 'c-invalid' },
  { tag: [t.strong, t.heading], class: 'c-strong' },
  { tag: t.emphasis, class: 'c-emphasis' },
  { tag: [t.link, t.url], class: 'c-link' },
  { tag: t.inserted, class: 'c-inserted' },
  { tag: t.deleted, class: 'c-deleted' },
]);
