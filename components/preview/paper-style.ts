/**
 * How a rendered text looks: in the preview, on paper and in an exported file, which is why it is a text of its own and
 * not a style sheet of the page. Colours are the page's tokens; a file brings their values along.
 */
export const PAPER_STYLE = `
.paper{font:400 1.0625rem/1.65 var(--face-text,system-ui,sans-serif);color:var(--ink);overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.paper :is(h1,h2,h3,h4,h5,h6){font-weight:700;font-size:1.0625rem;line-height:1.4;margin:1.4em 0 .4em;text-wrap:balance}
.paper h1{font-size:1.9375rem;line-height:1.3;letter-spacing:-.012em;margin:0 0 .4em}
.paper .block:not(:first-child)>h1{margin-top:1em}
.paper h2{font-size:1.25rem;margin-top:1.25em}
:is(.paper,.paper>.chunk:first-child)>.block:first-child>:is(h1,h2,h3,h4,h5,h6){margin-top:0}
.paper :is(p,ul,ol,blockquote,pre,table,.formula[data-display=true],section){margin:0 0 .8em}
.paper :is(ul,ol){padding-inline-start:1.5em}
.paper ul{list-style:disc}.paper ul ul{list-style:circle}.paper ol{list-style:decimal}
.paper li{margin:.15em 0}.paper li>p{margin:.3em 0}.paper li>:is(ul,ol){margin:.15em 0}
.paper li::marker{color:var(--ink-2)}
.paper .task{list-style:none}
.paper .task-box{appearance:none;position:relative;display:inline-block;box-sizing:border-box;width:16px;height:16px;margin-block:0;margin-inline:calc(-16px - .5em) .5em;padding:0;vertical-align:-2px;border:1.5px solid var(--line-strong);border-radius:4px;background:var(--raised);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.paper .task-box::after{content:"";position:absolute;left:2px;top:2.5px;width:9px;height:5px;border:solid var(--accent-ink);border-width:0 0 2px 2px;rotate:-45deg;opacity:0;box-sizing:border-box}
.paper .task-box:checked{background:var(--accent);border-color:var(--accent)}
.paper .task-box:checked::after{opacity:1}
.paper .done>:not(ul,ol),.paper .done{color:var(--ink-3)}.paper .done :is(ul,ol){color:var(--ink)}
.paper a{color:var(--accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
.paper a.picture{display:inline-block;border:1px dashed var(--line-strong);border-radius:6px;padding:1px 8px}
.paper img{max-width:100%;height:auto}
.paper blockquote{border-inline-start:3px solid var(--line-strong);padding-inline-start:1em;margin-inline:0;color:var(--ink-2)}
.paper :is(code,pre,kbd,samp){font-family:var(--face-mono,ui-monospace,Menlo,Consolas,monospace);font-size:.9em}
.paper :not(pre)>code{background:var(--sunken);border-radius:4px;padding:1px 4px}
.paper kbd{border:1px solid var(--line-strong);border-bottom-width:2px;border-radius:4px;padding:0 5px}
.paper mark{background:var(--mark);color:inherit;border-radius:2px}
.paper pre{background:var(--sunken);border-radius:6px;padding:12px 16px;overflow:auto;line-height:1.6;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.paper pre code{font-size:1em;white-space:pre;overflow-wrap:normal;tab-size:4}
.paper pre.diagram[data-drawn=true]{background:none;padding:0;text-align:center;overflow:auto}
.paper pre.redrawn>code{display:none}
/* A block runs as its first letter does; code and formulas always run from left to right. */
.paper :is(p,h1,h2,h3,h4,h5,h6,td,th){unicode-bidi:plaintext}
.paper :is(pre,code,.formula){direction:ltr;unicode-bidi:isolate}
.paper hr{border:0;border-top:1px solid var(--line-strong);margin:1.6em 0}
.paper table{border-collapse:collapse;display:block;max-width:100%;overflow:auto;font-size:.94em;line-height:1.5}
.paper :is(th,td){border:1px solid var(--line);padding:5px 10px;text-align:start;vertical-align:top}
.paper th{background:var(--sunken);font-weight:650;print-color-adjust:exact;-webkit-print-color-adjust:exact}
/* A formula may ask for more room than it has: it never leaves its block. */
.paper :is(p,li,td,th,h1,h2,h3,h4,h5,h6):has(.formula){overflow:auto hidden}
.paper .formula[data-display=true]{display:block;contain:paint;overflow:auto hidden;text-align:center;padding:.2em 0}
.paper .formula .katex-display{margin:0}
.paper :is(.formula:not([data-drawn=true]),[data-drawn=failed]){font-family:var(--face-mono,ui-monospace,monospace);font-size:.9em;text-align:start}
.paper .word{display:inline-block;font:400 .8125rem/1.45 var(--face-ui,system-ui,sans-serif);color:var(--brass)}
.paper pre>.word{display:block;margin-bottom:6px}
.paper .footnotes-sep{margin-top:2.4em}
.paper .footnotes{font-size:.9em;color:var(--ink-2)}
.paper .footnote-ref{line-height:0;font-size:.75em}
.paper .footnote-ref a{text-decoration:none}
.paper .c-keyword{color:var(--code-keyword)}.paper .c-string{color:var(--code-string)}.paper .c-number{color:var(--code-number)}
.paper .c-name{color:var(--code-name)}.paper .c-type{color:var(--code-type)}.paper .c-comment{color:var(--ink-3);font-style:italic}
.paper .c-mark{color:var(--ink-3)}.paper .c-invalid{color:var(--danger)}.paper .c-strong{font-weight:700}.paper .c-emphasis{font-style:italic}
.paper .c-link{color:var(--accent)}.paper .c-inserted{background:var(--added)}.paper .c-deleted{background:var(--removed)}
`;

/** The colours that it uses, by their tokens. */
export const PAPER_COLORS = [...new Set([...PAPER_STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name))];

/** What only the preview has: blocks far from the window cost nothing, and boxes can be pressed. */
export const PREVIEW_STYLE = `
.preview-paper .chunk{content-visibility:auto;contain-intrinsic-size:auto 4000px;margin-inline:-1.5rem;padding-inline:1.5rem}
.preview-paper:not(.paper-fixed) .task-box{cursor:pointer}
.preview-paper.paper-fixed .task-box{pointer-events:none}
`;
