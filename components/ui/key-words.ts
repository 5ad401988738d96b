import { isMac } from './is-mac.ts';

/** What the keys of `Mod+Shift+H` are called where the page is open. */
const ON_MAC: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↩' };
const ELSEWHERE: Readonly<Record<string, string>> = { Mod: 'Ctrl' };
const ARROWS: Readonly<Record<string, string>> = { Up: '↑', Down: '↓' };

/** The caps to press, one word each: `Mod+K` → ["Ctrl", "K"], or ["⌘", "K"]. */
export function keyWords(keys: string, mac: boolean = isMac()): string[] {
  const names = mac ? ON_MAC : ELSEWHERE;
  return keys.split('+').map((key) => names[key] ?? ARROWS[key] ?? key);
}
