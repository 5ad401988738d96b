import { seededRandom } from '../../../lib/testing/index.ts';

const WORDS =
  'about after again answer around because before between book bring change children city close country course door early end enough evening every example friend garden ground group hand house idea important keep kind large later letter light line little long machine make matter might morning mountain move music name near never night number often open order other page paper part people place plan point question quiet reason remember right river room round school sentence side simple small something sound stand start story street table talk think thought time together town turn under until voice walk water week well while white window without woman word work world write year young'.split(
    ' ',
  );

/** Markdown as people write it, about `units` UTF-16 units long: headings, paragraphs, lists, quotes, code, links. Ends with a line end. */
export function prose(units: number, seed: number): string {
  const random = seededRandom(seed);
  const words = (count: number) => Array.from({ length: count }, () => random.pick(WORDS)).join(' ');
  const sentence = () => {
    const said = words(6 + random.int(12));
    const styled = random.int(6) === 0 ? said.replace(/ (\w+) /, random.pick([' **$1** ', ' *$1* ', ' `$1` '])) : said;
    return `${styled.charAt(0).toUpperCase()}${styled.slice(1)}.`;
  };
  const block = (): string => {
    switch (random.int(10)) {
      case 0:
        return `## ${words(3)}\n\n`;
      case 1:
        return `${Array.from({ length: 3 + random.int(4) }, () => `- ${words(6)}\n`).join('')}\n`;
      case 2:
        return `${Array.from({ length: 3 }, (_, index) => `- [${index === 0 ? 'x' : ' '}] ${words(5)}\n`).join('')}\n`;
      case 3:
        return `> ${sentence()}\n\n`;
      case 4:
        return `\`\`\`\nconst ${random.pick(WORDS)} = ${random.int(1000)};\nrun(${random.pick(WORDS)});\n\`\`\`\n\n`;
      default:
        return `${Array.from({ length: 3 + random.int(4) }, sentence).join(' ')} See [${words(2)}](https://example.org/${random.pick(WORDS)}).\n\n`;
    }
  };
  const blocks: string[] = [];
  for (let length = 0; length < units;) {
    const next = block();
    blocks.push(next);
    length += next.length;
  }
  return blocks.join('');
}
