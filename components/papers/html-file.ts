import { escapeHtml } from '../editor/static-text.ts';
import { ID_PREFIX } from '../preview/clean-html.ts';
import { draw } from '../preview/dress-diagram.ts';
import { PAPER_COLORS, PAPER_STYLE } from '../preview/paper-style.ts';
import { tokensIn } from '../preview/theme-colors.ts';
import type { Look } from '../ui/look.ts';
import { makePaper } from './make-paper.ts';

const COLORS = [...PAPER_COLORS, '--canvas'];

/** The file may load nothing and run nothing, whoever opens it wherever. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const PAGE_STYLE = `
body{margin:0;background:var(--canvas)}
.paper{max-width:44rem;margin:0 auto;padding:3rem 1.25rem 5rem}
.paper pre.plain{background:none;padding:0}.paper pre.plain code{white-space:pre-wrap;font-family:var(--face-text)}
.paper math{font-size:1.1em}
@media print{.paper{padding:0;max-width:none}.paper pre,.paper pre code{white-space:pre-wrap}}
`;

/** The text as a web page in one file: no scripts, formulas as MathML, diagrams as pictures, fonts by the system's names, light and dark. */
export async function htmlFile(text: string, language: string, title: string): Promise<string> {
  const paper = await makePaper(text, language, { look: 'light', goal: 'file' });
  await standAlone(paper);
  const style = [rootOf('light'), `@media (prefers-color-scheme:dark){${rootOf('dark')}}`, PAPER_STYLE, PAGE_STYLE];
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Tandem">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>${style.join('\n')}</style>
</head>
<body>
${paper.outerHTML}
</body>
</html>
`;
}

function rootOf(look: Look): string {
  const colors = Object.entries(tokensIn(look, COLORS)).map(([name, value]) => `${name}:${value}`);
  const faces =
    '--face-text:system-ui,sans-serif;--face-ui:system-ui,sans-serif;--face-mono:ui-monospace,Menlo,Consolas,monospace';
  return `:root{color-scheme:${look === 'light' ? 'light dark' : 'dark'};${colors.join(';')};${faces}}`;
}

/** Takes off what only the page needs, and gives diagrams their dark look. */
async function standAlone(paper: HTMLElement): Promise<void> {
  for (const diagram of paper.querySelectorAll<HTMLElement>('.diagram[data-drawn="true"]')) {
    const image = diagram.querySelector('img');
    const dark = await draw(diagram.dataset['source'] ?? '', 'dark').catch(() => null);
    if (image === null || dark === null) continue;
    const picture = document.createElement('picture');
    const source = document.createElement('source');
    source.media = '(prefers-color-scheme: dark)';
    source.srcset = dark;
    image.replaceWith(picture);
    picture.append(source, image);
  }
  for (const box of paper.querySelectorAll<HTMLInputElement>('.task-box')) box.disabled = true;
  for (const element of paper.querySelectorAll<HTMLElement>('*')) {
    for (const name of ['data-l', 'data-language', 'data-source', 'tabindex']) element.removeAttribute(name);
    if (element.id.startsWith(ID_PREFIX)) element.id = element.id.slice(ID_PREFIX.length);
  }
}
