/**
 * The words of pages that have no room: apart from the others in `strings.ts`, because every page of the site carries
 * them.
 */
export const pageStrings = {
  product: 'Tandem',
  tagline: 'A collaborative text editor',
  missing: {
    heading: 'There is no room here.',
    body: 'The link may have lost a letter on its way, or the owner deleted the room. Nothing of yours was changed.',
    start: 'Start a new room',
  },
  closed: {
    revoked: {
      heading: 'This link was revoked.',
      body: 'Its owner ended it, or gave the room a new address. Ask whoever sent it for the new one.',
    },
    expired: {
      heading: 'The time of this link is over.',
      body: 'It opened the room for a while only. Ask whoever sent it for a new one.',
    },
    removed: {
      heading: 'The owner removed you from this room.',
      body: 'This browser cannot come back by this link. What you wrote there is still in the room.',
    },
  },
  gate: {
    heading: 'This room has a password.',
    field: 'Password',
    enter: 'Enter',
    wrong: 'That is not it.',
    slow: (seconds: number) => `Too many tries. Try again in ${seconds} s.`,
    unreachable: 'The server does not answer. Try again in a moment.',
  },
  unknownPage: {
    heading: 'There is no page here.',
    body: 'The address may have lost a letter on its way.',
  },
  failure: {
    heading: 'The room cannot be shown now.',
    body: 'The server did not answer as it should. What was saved is still on its disk.',
    again: 'Try again',
  },
} as const;
