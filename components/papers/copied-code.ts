import type { Clipboard } from './clipboard.ts';

/** Editors write one box in a fixed-width face that keeps its blanks; what is in it is a program. */
const EDITOR_BOX =
  /^(?:\s|<!--[^]*?-->|<(?:meta|html|head|body|\/head)[^>]*>)*<(?:div|pre)\b[^>]*style="[^"]*font-family:[^"]*(?:mono|consolas|courier|menlo)[^"]*"/i;
const KEEPS_BLANKS = /<pre\b|white-space:\s*pre/i;

/** The names that blocks of code have for the modes of Visual Studio Code, where they differ. */
const MODES: Record<string, string> = {
  plaintext: '',
  typescriptreact: 'tsx',
  javascriptreact: 'jsx',
  shellscript: 'sh',
  csharp: 'cs',
  cpp: 'cpp',
};

/**
 * Code that was copied out of an editor, as a block of code, or as it is if it is one line or is Markdown itself. Null if the
 * clipboard holds something else.
 */
export function copiedCode({ html, plain, code }: Clipboard): string | null {
  if (code === '' && !(EDITOR_BOX.test(html) && KEEPS_BLANKS.test(html.slice(0, 2_000)))) return null;
  const mode = modeOf(code);
  const text = plain.replaceAll('\r\n', '\n');
  if (mode === 'markdown' || !text.trimEnd().includes('\n')) return text;
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`{3,})/gm)].map(([, ticks = '']) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${MODES[mode] ?? mode}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

function modeOf(code: string): string {
  try {
    const data: unknown = JSON.parse(code);
    if (typeof data === 'object' && data !== null && 'mode' in data && typeof data.mode === 'string') return data.mode;
  } catch {
    // From another editor, which says nothing.
  }
  return '';
}
