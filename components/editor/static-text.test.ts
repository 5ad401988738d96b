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

  it('has the shapes of Markdown, and none in code', () => {
    const html = staticText('# Head\n```\n# not\n```\n- [x] yes', 'Markdown');
    expect(html.match(/md-h1/g)).toHaveLength(1);
    expect(html).toContain('md-code-first');
    expect(html).toContain('md-done');
    expect(staticText('# x', 'Python')).not.toContain('md-');
  });
});
