/** What a script would leave behind on `window` if it ran. */
const RUN = 'window.tandemRan=1;alert(1)';

/** Texts that somebody might write to hurt who reads them: run something, look like something else, or stop the page. */
export const HOSTILE_TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['script tags', `<script>${RUN}</script>\n<SCRIPT SRC=//evil.invalid/x.js></SCRIPT>\n<img src=x onerror="${RUN}">`],
  [
    'the end of the page’s own script',
    `</script><script>${RUN}</script>\n<!--<script>\n</textarea></title></style>]]>`,
  ],
  [
    'a picture with script',
    `<svg onload="${RUN}"><script>${RUN}</script></svg>\n<iframe srcdoc="<script>${RUN}</script>">`,
  ],
  [
    'links that run',
    `[a](javascript:${RUN}) <javascript:${RUN}>\n[b](data:text/html,<script>${RUN}</script>)\n![c](data:image/svg+xml;base64,PHN2Zy8+)`,
  ],
  ['separators and NUL', 'a\u2028b\u2029c\0d\u0085e\u001b[31m\ufeff'],
  ['bidi overrides', 'access = \u202e"user"\u202c; \u2066// admin\u2069 \u200f\u061c שלום'],
  ['piles of marks', `${`Z${'\u0301\u0300\u0334'.repeat(60)}`.repeat(20)}\nnext`],
  ['template signs', '{{constructor.constructor("alert(1)")()}} ${alert(1)} %3Cscript%3E &lt;script&gt; \\u003cscript'],
  ['nested brackets', '['.repeat(40_000) + ']'.repeat(40_000)],
  ['links in links', '[a]('.repeat(20_000)],
  ['nested quotes', `${'>'.repeat(20_000)} a`],
  ['one line of 1 MB', 'lorem ipsum '.repeat(87_381).trimEnd()],
];

/** Names and titles of the same kind. None holds control characters: the server refuses those. */
export const HOSTILE_LABELS: readonly (readonly [name: string, label: string, cleaned: string])[] = [
  ['a script', `</script><script>${RUN}</script>`.slice(0, 40), `</script><script>${RUN}</script>`.slice(0, 40)],
  ['quotes and signs', `"'><img src=x onerror=alert(1)>&amp;`, `"'><img src=x onerror=alert(1)>&amp;`],
  ['a bidi override', '\u202egnp.exe\u2066 ok', 'gnp.exe ok'],
  ['no ink between letters', 'Ad\u200bm\u2060i\u00adn', 'Admin'],
  ['a pile of marks', `Z${'\u0300'.repeat(30)}`, `Z${'\u0300'.repeat(4)}`],
  ['another spelling', 'Zoe\u0308', 'Zoë'],
  ['wide space', '\u00a0\u3000a \u2003 b', 'a b'],
];

/** A label without anything to be seen. */
export const INKLESS_LABEL = '\u200b\u202e\u2060';
