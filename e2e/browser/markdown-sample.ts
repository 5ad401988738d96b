/** A text with everything that a preview or a paper draws, and a diagram that is none. */
export const MARKDOWN_SAMPLE = `# Platform weekly

We ship on **Thursday**, see [the tasks](#tasks).[^1]

## Tasks

- [x] Restore drill
- [ ] Rehearse the failover

| Who | Hours |
|:----|------:|
| Ann | 14 |

\`\`\`ts
const left = transform('right');
\`\`\`

Euler says $e^{i\\pi} + 1 = 0$.

\`\`\`mermaid
flowchart LR
  A[Write] --> B[Sleep]
\`\`\`

\`\`\`mermaid
no such diagram
\`\`\`

[^1]: Or on Friday.
`;
