import { tags as t } from '@lezer/highlight';

/** What of code has which of the five hues, in the editor and in papers. */
export const CODE_TAGS = {
  keyword: [t.keyword, t.modifier, t.operatorKeyword, t.controlKeyword, t.definitionKeyword, t.moduleKeyword],
  string: [t.string, t.special(t.string), t.regexp, t.character, t.attributeValue],
  number: [t.number, t.bool, t.null, t.atom, t.unit, t.color, t.escape],
  name: [
    t.function(t.variableName),
    t.function(t.propertyName),
    t.tagName,
    t.definition(t.function(t.variableName)),
    t.macroName,
  ],
  type: [t.typeName, t.className, t.namespace, t.attributeName, t.labelName],
  comment: [t.comment, t.docComment],
  mark: [t.meta, t.documentMeta, t.processingInstruction, t.contentSeparator],
};
