import createMarkdown from 'markdown-it';

/** The library's own, and not the page's (static-text.ts): what the worker shares with the first load would split its chunks. */
export const { escapeHtml } = createMarkdown().utils;
