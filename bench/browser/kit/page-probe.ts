/**
 * Runs in the page, before its own scripts. Measures what a person would see, by the browser's own clock and the performance API.
 *
 * `painted` is the moment at which the main thread is done with the frame that shows a change of the text: the change is seen by a
 * MutationObserver, and a message that is posted from an animation frame comes when style, layout and paint of that frame are over.
 * What the compositor does afterwards is not in it; Event Timing, whose durations the browser rounds to 8 ms, has that too.
 */
interface PageProbe {
  /** From each key to its letter painted, ms. */
  keys: number[];
  /** Durations by Event Timing of keys that took 16 ms or more. */
  events: number[];
  /** Tasks of 50 ms or more, ms. */
  longTasks: { start: number; ms: number }[];
  /** By the number of a typist whose line is on the page: when its units were painted, Unix ms, beginning with unit `first`. */
  painted: Record<number, { first: number; at: number[] }>;
  layoutShift: number;
  largestPaint: number;
  /** When the first lines of a text were painted, ms from the navigation; null before, and of a text without lines. */
  readable: number | null;
  /** When an editor that takes keys was painted. */
  editable: number | null;
  /** Watches the text from now on. */
  watch: () => void;
  /** Forgets what was measured; the lines go on. */
  clear: () => void;
}

(() => {
  const typed: number[] = [];
  const waiting: ((at: number) => void)[] = [];
  let inFrame = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    inFrame = false;
    const at = performance.now();
    for (const run of waiting.splice(0)) run(at);
  };
  const nextFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    nextFrame((time) => {
      // A change that is made in a frame is painted by it.
      if (!inFrame) channel.port2.postMessage(null);
      inFrame = true;
      callback(time);
    });
  const afterPaint = (run: (at: number) => void) => {
    waiting.push(run);
    if (!inFrame) window.requestAnimationFrame(() => undefined);
  };

  const probe: PageProbe = {
    keys: [],
    events: [],
    longTasks: [],
    painted: {},
    layoutShift: 0,
    largestPaint: 0,
    readable: null,
    editable: null,
    watch,
    clear() {
      probe.keys = [];
      probe.events = [];
      probe.longTasks = [];
    },
  };
  (window as unknown as { probe: PageProbe }).probe = probe;

  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key.length === 1) typed.push(event.timeStamp);
    },
    true,
  );

  let sawLines = false;
  const opening = new MutationObserver(() => {
    // A line alone may say that the text is on its way.
    if (!sawLines && document.querySelector('main .cm-line:nth-child(3)') !== null) {
      sawLines = true;
      afterPaint((at) => (probe.readable = at));
    }
    if (document.querySelector('main .cm-content[contenteditable=true]') === null) return;
    opening.disconnect();
    afterPaint((at) => (probe.editable = at));
  });
  opening.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['contenteditable'] });

  function watch(): void {
    const content = document.querySelector('main .cm-content');
    if (content === null) throw new Error('There is no editor.');
    // An empty text shows a hint in its line.
    const lengthOf = (line: Element | null) =>
      (line?.textContent?.length ?? 0) - (line?.querySelector('.cm-placeholder')?.textContent?.length ?? 0);
    let ownLength = lengthOf(content.querySelector('.cm-line'));
    const lengths = new Map<string, number>();
    const own = (line: Element) => {
      const length = lengthOf(line);
      const keys = typed.splice(0, Math.max(0, length - ownLength));
      ownLength = length;
      if (keys.length > 0) afterPaint((at) => probe.keys.push(...keys.map((key) => at - key)));
    };
    const theirs = (line: Element) => {
      const text = line.textContent ?? '';
      const typist = /^Typist (\d+):/.exec(text)?.[1];
      if (typist === undefined) return;
      const before = lengths.get(typist);
      lengths.set(typist, text.length);
      if (before === undefined || text.length <= before) return;
      const count = text.length - before;
      afterPaint(() => {
        const seen = (probe.painted[Number(typist)] ??= { first: before, at: [] });
        for (let unit = 0; unit < count; unit++) seen.at.push(Date.now());
      });
    };
    for (const line of content.querySelectorAll('.cm-line')) theirs(line);
    new MutationObserver((records) => {
      const lines = new Set<Element>();
      for (const { target, addedNodes } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const line = element?.closest('.cm-line');
        if (line) lines.add(line);
        for (const node of addedNodes) if (node instanceof Element && node.matches('.cm-line')) lines.add(node);
      }
      const first = content.querySelector('.cm-line');
      for (const line of lines) {
        if (line === first) own(line);
        else theirs(line);
      }
    }).observe(content, { subtree: true, childList: true, characterData: true });
  }

  const observe = (type: string, take: (entry: PerformanceEntry) => void, options: object = {}) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type, buffered: true, ...options });
  };
  observe('event', ({ name, duration }) => name === 'keydown' && probe.events.push(duration), {
    durationThreshold: 16,
  });
  observe('longtask', ({ startTime, duration }) => probe.longTasks.push({ start: startTime, ms: duration }));
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) probe.layoutShift += value;
  });
  observe('largest-contentful-paint', ({ startTime }) => (probe.largestPaint = startTime));
})();
