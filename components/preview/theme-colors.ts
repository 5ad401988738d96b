import type { Look } from '../ui/look.ts';

/**
 * Colours of the page's tokens as `#rrggbb`, for what does not know `light-dark()` and `oklch()`: in one of the two looks, whichever
 * the page has. They are settled where they are declared, on the root,
 * so an element that wants the other look has to declare them again.
 */
export function tokensIn(look: Look, names: readonly string[]): Record<string, string> {
  const declared = declaredOnRoot();
  const probe = document.createElement('span');
  probe.style.cssText = `position:absolute;visibility:hidden;color-scheme:${look}`;
  for (const [name, value] of declared) probe.style.setProperty(name, value);
  // What the build makes of `light-dark()` for older browsers: two variables, one of which is empty.
  probe.style.setProperty('--lightningcss-light', look === 'light' ? 'initial' : ' ');
  probe.style.setProperty('--lightningcss-dark', look === 'dark' ? 'initial' : ' ');
  document.body.append(probe);
  try {
    return Object.fromEntries(
      names.map((name) => {
        probe.style.color = `var(${name})`;
        return [name, hexOf(getComputedStyle(probe).color)];
      }),
    );
  } finally {
    probe.remove();
  }
}

/** The custom properties of the root as they are written in the page's style sheets. */
function declaredOnRoot(): Map<string, string> {
  const declared = new Map<string, string>();
  const read = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && /^:root(,|$)/.test(rule.selectorText)) {
        for (const name of rule.style) {
          if (name.startsWith('--')) declared.set(name, rule.style.getPropertyValue(name));
        }
      } else if (rule instanceof CSSLayerBlockRule) {
        read(rule.cssRules);
      } else if (rule instanceof CSSSupportsRule && CSS.supports(rule.conditionText)) {
        read(rule.cssRules);
      }
    }
  };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  return declared;
}

/** Any colour of CSS, as the browser paints it. */
function hexOf(color: string): string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (context === null) return '#808080';
  context.canvas.width = context.canvas.height = 1;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}
