// Checks tokens.css: text and control contrast (WCAG 2.2 AA), author colours as text, caret, selection and tag,
// and how far authors stay apart for normal, protan, deutan and tritan eyes. Run: node app/check-contrast.mjs [--all]
// Colour maths: OKLab (Björn Ottosson, 2020); colour-blindness matrices, severity 1: Machado, Oliveira, Fernandes 2009.
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').split('@theme')[0];
const number = String.raw`([\d.]+)`;
const pattern = new RegExp(
  String.raw`--([\w-]+):\s*light-dark\(\s*oklch\(${number} ${number} ${number}\)\s*,\s*oklch\(${number} ${number} ${number}\)\s*\)`,
  'g',
);
const tokens = { light: {}, dark: {} };
for (const [, name, ...n] of css.split('@media')[0].matchAll(pattern)) {
  const v = n.map(Number);
  tokens.light[name] = oklch(...v.slice(0, 3), name);
  tokens.dark[name] = oklch(...v.slice(3), name);
}
const authors = Array.from({ length: 12 }, (_, i) => `author-${i + 1}`);

function oklch(L, C, h, name) {
  const a = C * Math.cos((h * Math.PI) / 180),
    b = C * Math.sin((h * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  if (rgb.some((v) => v < -0.006 || v > 1.006))
    console.log(`  note: --${name} is outside sRGB (${rgb.map((v) => v.toFixed(3)).join(', ')})`);
  return rgb.map((v) => Math.min(1, Math.max(0, v)));
}
const oklab = ([r, g, b]) => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
    m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
    s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const ratio = (a, b) => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
const encode = (v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const decode = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const over = (top, alpha, bottom) => top.map((v, i) => decode(encode(v) * alpha + encode(bottom[i]) * (1 - alpha))); // browsers blend in sRGB
const eyes = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const see = (m, c) => [0, 3, 6].map((r) => Math.min(1, Math.max(0, m[r] * c[0] + m[r + 1] * c[1] + m[r + 2] * c[2])));
const apart = (a, b) => Math.hypot(...a.map((v, i) => v - b[i]));

// Which cap each author has: 0 flag, 1 dot, 2 notch. Close colours must differ here.
export const capOf = { 1: 0, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0, 7: 1, 8: 2, 9: 1, 10: 1, 11: 2, 12: 2 };

let failures = 0,
  checks = 0;
const need = (theme, what, value, least) => {
  checks++;
  const bad = value < least;
  if (bad) failures++;
  if (bad || process.argv.includes('--all'))
    console.log(`${bad ? 'FAIL' : 'ok  '} ${theme.padEnd(5)} ${value.toFixed(2).padStart(6)} >= ${least}  ${what}`);
};
for (const theme of ['light', 'dark']) {
  const t = tokens[theme],
    grounds = ['canvas', 'surface', 'raised'];
  for (const g of [...grounds, 'sunken', 'hover', 'selected']) {
    need(theme, `ink on ${g}`, ratio(t.ink, t[g]), 7);
    need(theme, `ink-2 on ${g}`, ratio(t['ink-2'], t[g]), 4.5);
    need(theme, `ink-3 on ${g}`, ratio(t['ink-3'], t[g]), 4.5);
  }
  for (const g of grounds) {
    for (const c of ['accent', 'brass', 'danger']) need(theme, `${c} on ${g}`, ratio(t[c], t[g]), 4.5);
    for (const c of ['line-strong', 'focus']) need(theme, `${c} on ${g}`, ratio(t[c], t[g]), 3);
    for (const a of authors) need(theme, `${a} as name on ${g}`, ratio(t[a], t[g]), 4.5);
  }
  for (const c of ['accent', 'brass', 'danger']) {
    need(theme, `${c} on its tint`, ratio(t[c], t[`${c}-tint`]), 4.5);
    need(theme, `ink on ${c}-tint`, ratio(t.ink, t[`${c}-tint`]), 7);
  }
  need(theme, 'accent-ink on accent', ratio(t['accent-ink'], t.accent), 4.5);
  need(theme, 'accent-ink on accent-hover', ratio(t['accent-ink'], t['accent-hover']), 4.5);
  need(theme, 'danger-ink on danger', ratio(t['danger-ink'], t.danger), 4.5);
  for (const c of ['selection', 'mark', 'added', 'removed']) {
    need(theme, `ink on ${c}`, ratio(t.ink, t[c]), 7);
    need(theme, `ink-3 on ${c}`, ratio(t['ink-3'], t[c]), 3);
  }
  for (const c of ['keyword', 'string', 'number', 'name', 'type'])
    for (const g of ['canvas', 'sunken']) need(theme, `code-${c} on ${g}`, ratio(t[`code-${c}`], t[g]), 4.5);
  for (const a of authors) {
    need(theme, `text on the tag of ${a}`, ratio(t['author-ink'], t[a]), 4.5);
    need(theme, `ink on the selection of ${a}`, ratio(t.ink, over(t[a], 0.18, t.canvas)), 7);
    need(theme, `${a} on the 8% ground of an idle person`, ratio(t[a], over(t[a], 0.08, t.canvas)), 4.5);
    // AuthorThread, its third state: a ground of 8% behind the letters that this author wrote.
    need(theme, `ink on what ${a} wrote`, ratio(t.ink, over(t[a], 0.08, t.canvas)), 7);
    for (const c of ['ink-2', 'ink-3', 'code-keyword', 'code-string', 'code-number', 'code-name', 'code-type'])
      need(theme, `${c} on what ${a} wrote`, ratio(t[c], over(t[a], 0.08, t.canvas)), 4.5);
    need(theme, `selection of ${a} against the page`, ratio(over(t[a], 0.18, t.canvas), t.canvas), 1.1);
  }
  for (const [eye, m] of Object.entries(eyes)) {
    const lab = authors.map((a) => oklab(see(m, t[a])));
    let least = [9, ''];
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < i; j++) {
        const d = apart(lab[i], lab[j]);
        if (d < least[0]) least = [d, `${authors[j]} / ${authors[i]}`];
        if (d < 0.08)
          need(
            theme,
            `${eye}: ${authors[j]} / ${authors[i]} are ${d.toFixed(3)} apart, so their caps differ`,
            capOf[i + 1] === capOf[j + 1] ? 0 : 1,
            1,
          );
      }
    console.log(`     ${theme.padEnd(5)} ${eye}: closest pair ${least[1]}, ${least[0].toFixed(3)} apart (OKLab)`);
    need(theme, `${eye}: closest pair`, least[0] * 100, 4.5);
  }
}
console.log(failures ? `${failures} of ${checks} checks failed` : `all ${checks} checks passed`);
process.exitCode = failures ? 1 : 0;
