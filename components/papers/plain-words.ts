/** The words of a rendered text, without the marks of Markdown: lists with their signs, tables with tabs, code as it is. */
export function plainWords(paper: Element): string {
  return (
    `${[...paper.children].map((block) => blockWords(block, '')).join('\n')}`.replace(/\n{3,}/g, '\n\n').trim() + '\n'
  );
}

function blockWords(element: Element, indent: string): string {
  switch (element.tagName) {
    case 'UL':
    case 'OL':
      return `${listWords(element, indent)}\n`;
    case 'PRE':
      return `${(element.textContent ?? '').replace(/\n$/, '').replace(/^/gm, indent)}\n`;
    case 'TABLE':
      return `${[...element.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => inlineWords(cell)).join('\t')).join('\n')}\n`;
    case 'HR':
      return `${'-'.repeat(20)}\n`;
    case 'DIV':
    case 'BLOCKQUOTE':
    case 'SECTION': {
      const inside = element.tagName === 'BLOCKQUOTE' ? `${indent}  ` : indent;
      if (element.classList.contains('formula')) return `${indent}${inlineWords(element)}\n`;
      return [...element.children].map((child) => blockWords(child, inside)).join('\n');
    }
    default:
      return `${indent}${inlineWords(element)}\n`;
  }
}

function listWords(list: Element, indent: string): string {
  const first = Number(list.getAttribute('start') ?? 1);
  return [...list.children]
    .map((item, index) => {
      const box = item.querySelector<HTMLInputElement>(':scope > input, :scope > p > input');
      const sign = list.tagName === 'OL' ? `${first + index}. ` : '- ';
      const mark = box === null ? sign : `${sign}[${box.checked ? 'x' : ' '}] `;
      const nested = [...item.children].filter(({ tagName }) => /^(UL|OL|PRE|BLOCKQUOTE|TABLE)$/.test(tagName));
      const words = inlineWords(item, nested);
      const rest = nested.map((child) => blockWords(child, `${indent}  `).replace(/\n$/, ''));
      return [`${indent}${mark}${words}`, ...rest].join('\n');
    })
    .join('\n');
}

/** Words in a line; a link that is not its own words is followed by its address. */
function inlineWords(element: Element, without: readonly Element[] = []): string {
  let words = '';
  for (const node of element.childNodes) {
    if (node instanceof Element) {
      if (without.includes(node) || node.classList.contains('footnote-backref')) continue;
      if (node.tagName === 'BR') words += '\n';
      else words += inlineWords(node);
      const address = node.tagName === 'A' ? (node.getAttribute('href') ?? '') : '';
      if (/^https?:/.test(address) && decodeURI(address) !== node.textContent) words += ` (${address})`;
    } else words += node.textContent ?? '';
  }
  return words.trim();
}
