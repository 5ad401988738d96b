import type { MarkdownIt, StateCore, Token } from 'markdown-it';

/** What a task begins with: `[ ]`, `[x]`. */
const BOX = /^\[([ xX])\](?=\s|$)\s?/;

/** List items that begin with a box become tasks: `<li class="task"><input type="checkbox">`. */
export function taskRule(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'tasks', (state) => {
    state.tokens.forEach((token, index) => {
      const item = state.tokens[index - 2];
      if (token.type === 'inline' && item?.type === 'list_item_open') makeTask(state, item, token);
    });
  });
}

function makeTask(state: StateCore, item: Token, text: Token): void {
  const first = text.children?.[0];
  const box = first?.type === 'text' ? BOX.exec(first.content) : null;
  if (first === undefined || box === null) return;
  const done = box[1] !== ' ';
  first.content = first.content.slice(box[0].length);
  const input = new state.Token('task_box', 'input', 0);
  input.attrs = [['type', 'checkbox'], ['class', 'task-box'], ...(done ? [['checked', ''] as [string, string]] : [])];
  text.children?.unshift(input);
  item.attrJoin('class', done ? 'task done' : 'task');
}
