import { describe, expect, it } from 'vitest';
import { staticText } from './static-text.ts';

describe('[page] the text in the HTML', () => {
  it('can never become markup', () => {
    const html = staticText('<script>alert(1)</script>\n**<b>** `<i>` "&amp;"', 'Markdown');
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<i>');
    expect(html).toContain('&amp;amp;');
  });

  it('holds every letter in order', () => {
    const text = '# One\n\n- a **b** `c`\n- [x] done\n```ts\nconst x = 1 < 2;\n```\n> said';
    const letters = staticText(text, 'Markdown')
      .replaceAll(/<\/div>(?=<div)/g, '\n')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect(letters).toBe(text);
  });

  it('groups what is far, each letter once', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`);
    lines[300] = 'long '.repeat(2_000);
    for (const language of ['Markdown', 'Python']) {
      const html = staticText(lines.join('\n'), language);
      const found = [...html.matchAll(/<div class="cm-line">([^<]*)<\/div>/g)].map(([, line]) => line);
      expect(found).toEqual(lines);
      const [near, ...far] = html.split('<div class="far-lines"');
      expect(near?.match(/cm-line/g)?.length).toBe(60);
      expect(far.length).toBeGreaterThan(5);
      expect(html.match(/<div/g)?.length).toBe(html.match(/<\/div>/g)?.length);
    }
    expect(staticText('a\nb', 'Markdown')).not.toContain('far-lines');
  });

  it('has the shapes of Markdown, and none in code', () => {
    const html = staticText('# Head\n```\n# not\n```\n- [x] yes', 'Markdown');
    expect(html.match(/md-h1/g)).toHaveLength(1);
    expect(html).toContain('md-code-first');
    expect(html).toContain('md-done');
    expect(staticText('# x', 'Python')).not.toContain('md-');
  });
});
