import { tagHighlighter, tags as t } from '@lezer/highlight';
import { CODE_TAGS } from '../editor/code-tags.ts';

/** The editor's five hues (components/editor/highlight.ts) as classes, whose colours are in paper-style.ts. */
export const codeColors = tagHighlighter([
  { tag: CODE_TAGS.keyword, class: 'c-keyword' },
  { tag: CODE_TAGS.string, class: 'c-string' },
  { tag: CODE_TAGS.number, class: 'c-number' },
  { tag: CODE_TAGS.name, class: 'c-name' },
  { tag: CODE_TAGS.type, class: 'c-type' },
  { tag: CODE_TAGS.comment, class: 'c-comment' },
  { tag: CODE_TAGS.mark, class: 'c-mark' },
  { tag: t.invalid, class: 'c-invalid' },
  { tag: [t.strong, t.heading], class: 'c-strong' },
  { tag: t.emphasis, class: 'c-emphasis' },
  { tag: [t.link, t.url], class: 'c-link' },
  { tag: t.inserted, class: 'c-inserted' },
  { tag: t.deleted, class: 'c-deleted' },
]);
