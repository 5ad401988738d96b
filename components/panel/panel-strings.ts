/** The words of the side panel itself. */
export const panelStrings = {
  label: 'Side panel',
  close: 'Close the panel',
  people: 'People',
  chat: 'Chat',
  comments: 'Comments',
  outline: 'Outline',
} as const;
