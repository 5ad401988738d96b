import { digits, size } from '../strings.ts';

/** The words of /check. */
export const checkStrings = {
  title: 'Is it my network?',
  about: 'Looks at the way between this browser and the server, and says what stands in it.',
  running: 'Looking …',
  again: 'Look again',
  copy: 'Copy the report',
  copied: 'Report copied',
  notCopied: 'This browser does not let Tandem copy. Select the report and copy it.',
  report: 'The report',
  details: 'It names no room and no text of yours.',
  good: 'Good',
  warn: 'To be looked at',
  bad: 'In the way',
  summary: {
    good: 'Everything that Tandem needs gets through.',
    warn: 'Tandem works here, and something could be better.',
    bad: 'Something stands in the way.',
  },
  pages: {
    name: 'Requests',
    good: (ms: number) => `The server answers within ${digits(ms)} ms.`,
    slow: (ms: number) =>
      `The server takes ${digits(ms)} ms to answer. Typing does not wait for it; what others type comes late.`,
    bad: (why: string) =>
      `The server does not answer requests (${why}). It is down, or this network keeps you from it.`,
    offline: 'This browser says that it is offline.',
  },
  sockets: {
    name: 'Live connection',
    good: (opened: number, trip: number) =>
      `A WebSocket opens within ${digits(opened)} ms, and a message is answered within ${digits(trip)} ms.`,
    bad: 'No WebSocket gets through, so nothing is live. A proxy in between has to pass the upgrade on. In nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $host;',
    silent:
      'A WebSocket opens, and then nothing comes through it. A proxy or a filter in between holds its messages back.',
  },
  buffering: {
    name: 'Buffering',
    good: 'What the server sends comes at once.',
    bad: (ms: number) =>
      `Something in between held an answer back for ${digits(ms)} ms. In nginx: proxy_buffering off;`,
  },
  address: {
    name: 'Address',
    good: (base: string) => `The server knows that it is visited at ${base}.`,
    bad: (base: string, here: string) =>
      `The server believes that it is visited at ${base}, and you are at ${here}, so its links would lead astray. Set TRUST_PROXY=1 on the server, and in the proxy X-Forwarded-Proto and Host.`,
  },
  clock: {
    name: 'Clock',
    good: 'This clock and the server’s agree.',
    bad: (seconds: number) =>
      seconds > 0
        ? `This clock is ${digits(seconds)} s behind the server’s. Times of others look wrong here.`
        : `This clock is ${digits(-seconds)} s ahead of the server’s. Times of others look wrong here.`,
  },
  journal: {
    name: 'Kept on this device',
    good: 'Unsent text is kept here, even if the tab is closed.',
    bad: 'This browser keeps nothing (a private window, or blocked storage). Until "Saved" shows, closing a tab loses what was not sent.',
  },
  space: {
    name: 'Space on this device',
    good: (free: number) => `${size(free)} are free for what is kept here.`,
    unknown: 'The browser does not say how much it would keep.',
    bad: (free: number) => `Only ${size(free)} are free. Long texts cannot be kept here while they are unsent.`,
  },
  secure: {
    name: 'Secure page',
    good: 'The page is secure: copying, opening without a network and several tabs work.',
    bad: 'This is plain http, so browsers do not let pages open without a network, and copying needs a detour. Put https in front of the server.',
  },
} as const;
