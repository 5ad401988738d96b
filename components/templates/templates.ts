import { dateWords } from '../words/dates.ts';
import { templateStrings } from './template-strings.ts';

/** What a room can start from, in the order of its words in the hint. */
export const TEMPLATES = ['meeting', 'interview', 'retrospective'] as const;
export type Template = (typeof TEMPLATES)[number];

/** The title and text of a template on that day: ordinary Markdown, that anybody may change. */
export function templateOf(template: Template, now: Date): { title: string; text: string } {
  const day = dateWords(now, { dateStyle: 'long' });
  const { title, text } = templateStrings[template];
  return { title: title(day), text: text(day) };
}
