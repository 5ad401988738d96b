import type { DiagramColors } from './diagram-frame.ts';
import type { Look } from '../ui/look.ts';
import { tokensIn } from './theme-colors.ts';

const TOKENS = [
  '--canvas',
  '--surface',
  '--sunken',
  '--selected',
  '--line-strong',
  '--ink',
  '--ink-2',
  '--accent-tint',
  '--accent',
  '--brass-tint',
];

/** Mermaid's variables, from the page's tokens. */
export function diagramColors(look: Look): DiagramColors {
  const token = tokensIn(look, TOKENS);
  const of = (name: string) => token[`--${name}`] ?? '#808080';
  return {
    darkMode: look === 'dark' ? 'true' : '',
    background: of('canvas'),
    mainBkg: of('accent-tint'),
    primaryColor: of('accent-tint'),
    primaryTextColor: of('ink'),
    primaryBorderColor: of('accent'),
    secondaryColor: of('sunken'),
    secondaryTextColor: of('ink'),
    secondaryBorderColor: of('line-strong'),
    tertiaryColor: of('surface'),
    tertiaryTextColor: of('ink'),
    tertiaryBorderColor: of('line-strong'),
    noteBkgColor: of('brass-tint'),
    noteTextColor: of('ink'),
    noteBorderColor: of('line-strong'),
    lineColor: of('ink-2'),
    textColor: of('ink'),
    edgeLabelBackground: of('canvas'),
    clusterBkg: of('surface'),
    clusterBorder: of('line-strong'),
  };
}
