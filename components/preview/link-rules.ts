import type { MarkdownIt, Token } from 'markdown-it';
import { escapeHtml } from './escape-html.ts';

/** Pictures that are in the text itself; SVG is not among them, though no picture can run anything. */
const OWN_PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/i;

/**
 * Links open beside the page and tell nobody where they were pressed. Pictures from elsewhere are not fetched: whoever wrote
 * them in would learn who reads, and the page's policy forbids it. They are shown as links.
 */
export function linkRules(markdown: MarkdownIt): void {
  // Words with a dot, such as notes.md, are no addresses; `http://`, `https://` and mail are.
  markdown.linkify.set({ fuzzyLink: false });
  markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    if (token !== undefined && !attribute(token, 'href').startsWith('#')) {
      token.attrSet('target', '_blank');
      token.attrSet('rel', 'noopener noreferrer');
    }
    return renderer.renderToken(tokens, index, options);
  };
  markdown.renderer.rules.image = (tokens, index) => picture(tokens[index]);
}

function picture(token: Token | undefined): string {
  if (token === undefined) return '';
  const address = attribute(token, 'src');
  const words = token.content === '' ? address : token.content;
  if (OWN_PICTURE.test(address)) return `<img src="${escapeHtml(address)}" alt="${escapeHtml(token.content)}">`;
  return `<a class="picture" href="${escapeHtml(address)}" target="_blank" rel="noopener noreferrer">${escapeHtml(words)}</a>`;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
