import { count } from '../strings.ts';

/** The words of "My rooms". */
export const roomsStrings = {
  heading: 'My rooms',
  search: 'Search my rooms',
  empty: 'Rooms you open in this browser appear here.',
  none: (query: string) => `Nothing called "${query}".`,
  about: 'This list is kept in this browser only.',
  notKept: 'This browser does not let Tandem keep anything, so the list stays empty.',
  untitled: 'Untitled',
  here: 'Open now',
  role: { owner: 'Owner', edit: 'Can edit', view: 'Can view' },
  yours: 'Yours',
  changed: (when: string) => `edited ${when}`,
  visited: (when: string) => `opened ${when}`,
  gone: {
    deleted: 'Deleted by its owner',
    missing: 'No longer there',
    revoked: 'Its link was revoked',
    expired: 'The time of its link is over',
    removed: 'The owner removed you',
  },
  newTab: 'In a new tab',
  newTabOf: (title: string) => `Open ${title} in a new tab`,
  pin: 'Pin',
  pinOf: (title: string) => `Pin ${title}`,
  forget: 'Forget',
  forgetOf: (title: string) => `Forget ${title}`,
  forgetAsk: 'Without its link you do not find this room again. Its text stays on the server.',
  forgetYes: 'Forget it',
  forgetOwnAsk:
    'Your owner link to this room may be kept in this browser only. Once it is forgotten, you can no longer manage the links of the room, lock it or delete it from here.',
  forgetOwnYes: 'Forget the owner link too',
  dropOwn: 'Only take it off the list',
  when: {
    now: 'just now',
    minutes: (n: number) => `${count(n, 'minute', 'minutes')} ago`,
    hours: (n: number) => `${count(n, 'hour', 'hours')} ago`,
    yesterday: 'yesterday',
  },
} as const;
