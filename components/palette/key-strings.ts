/** Words of the list of keys that came after the palette's. */
export const keyStrings = {
  palette: 'All commands, whatever keys the text has',
  formatting: 'Formatting',
} as const;
