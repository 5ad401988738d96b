/**
 * Draws diagrams with Mermaid in a frame of its own: without an origin it reaches no storage, no cookie and no page, the
 * page's policy holds in it too, and browsers that give such frames a process keep its work away from ours. What comes out
 * is only ever shown as a picture, in which nothing runs and nothing loads.
 */
import { nonceOfPage } from './nonce-of-page.ts';

/** A diagram that takes longer is given up, and the frame with it, in ms. */
const MOST_MS = 10_000;
/** Longer sources are not drawn at all, in UTF-16 units. */
const MOST_SOURCE = 20_000;
/** Arrows in one diagram; Mermaid's own bound is 500. */
const MOST_EDGES = 300;

export type DiagramColors = Record<string, string>;

interface Wanted {
  source: string;
  colors: DiagramColors;
}

let frame: Promise<Drawer> | null = null;
/** One at a time: the frame has one thread. */
let last: Promise<unknown> = Promise.resolve();
let count = 0;

interface Drawer {
  draw: (wanted: Wanted) => Promise<string>;
  close: () => void;
}

/** The diagram as SVG that needs nothing else. Rejects for what Mermaid cannot read or takes too long to draw. */
export function drawDiagram(source: string, colors: DiagramColors): Promise<string> {
  if (source.length > MOST_SOURCE) return Promise.reject(new Error('The diagram is too long.'));
  const drawn = last.then(async () => {
    frame ??= openFrame();
    frame.catch(() => (frame = null));
    return (await frame).draw({ source, colors });
  });
  last = drawn.catch(() => undefined);
  return drawn;
}

async function openFrame(): Promise<Drawer> {
  const response = await fetch(new URL('@mermaid-js/tiny/dist/mermaid.tiny.js', import.meta.url));
  if (!response.ok) throw new Error('Mermaid could not be fetched.');
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  // It has to be laid out, or no text in it has a width.
  element.style.cssText =
    'position:fixed;inset-inline-start:-2000px;top:0;width:1000px;height:1000px;border:0;visibility:hidden';
  element.srcdoc = pageOf(await response.text(), nonceOfPage());
  document.body.append(element);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The frame did not start.')), MOST_MS);
    element.addEventListener('load', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  const close = () => {
    frame = null;
    element.remove();
  };
  return { draw: (wanted) => ask(element, wanted, close), close };
}

function ask(element: HTMLIFrameElement, { source, colors }: Wanted, onStuck: () => void): Promise<string> {
  count += 1;
  const id = count;
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      clearTimeout(timer);
      window.removeEventListener('message', answered);
      end();
    };
    const timer = setTimeout(() => done(() => (onStuck(), reject(new Error('The diagram took too long.')))), MOST_MS);
    const answered = (event: MessageEvent<unknown>) => {
      if (event.source !== element.contentWindow || !isAnswer(event.data) || event.data.id !== id) return;
      const { svg, fault } = event.data;
      done(() => (svg === null ? reject(new Error(fault)) : resolve(svg)));
    };
    window.addEventListener('message', answered);
    // A frame without an origin has no address that a message could be meant for.
    element.contentWindow?.postMessage({ id, source, colors }, '*');
  });
}

interface DiagramAnswer {
  id: number;
  svg: string | null;
  fault: string;
}

function isAnswer(data: unknown): data is DiagramAnswer {
  if (typeof data !== 'object' || data === null || !('id' in data) || !('svg' in data) || !('fault' in data))
    return false;
  return (
    typeof data.id === 'number' && typeof data.fault === 'string' && (data.svg === null || typeof data.svg === 'string')
  );
}

/** The page in the frame. The end of a script inside of Mermaid's own code must not end it. */
function pageOf(mermaid: string, nonce: string): string {
  const code = mermaid.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'`;
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script nonce="${nonce}">${code}</script><script nonce="${nonce}">(${inFrame.toString()})(${MOST_SOURCE},${MOST_EDGES})</script>`;
}

/** Runs in the frame, as text: it can use nothing of this module. */
function inFrame(maxTextSize: number, maxEdges: number): void {
  const { mermaid } = globalThis as unknown as {
    mermaid: {
      initialize: (config: object) => void;
      render: (id: string, source: string) => Promise<{ svg: string }>;
    };
  };
  const answerTo = async (data: { id: number; source: string; colors: object }) => {
    const answer: DiagramAnswer = { id: data.id, svg: null, fault: '' };
    try {
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        suppressErrorRendering: true,
        htmlLabels: false,
        flowchart: { htmlLabels: false },
        maxTextSize,
        maxEdges,
        theme: 'base',
        themeVariables: data.colors,
        fontFamily: 'system-ui, sans-serif',
        secure: [
          'secure',
          'securityLevel',
          'startOnLoad',
          'maxTextSize',
          'maxEdges',
          'suppressErrorRendering',
          'htmlLabels',
          'theme',
          'themeCSS',
          'themeVariables',
          'fontFamily',
        ],
      });
      const { svg } = await mermaid.render(`d${data.id}`, data.source);
      // As XML: a picture is no HTML.
      const parsed = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
      if (parsed !== null) {
        const [, , width = 0, height = 0] = (parsed.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
        parsed.setAttribute('width', String(Math.ceil(width)));
        parsed.setAttribute('height', String(Math.ceil(height)));
        answer.svg = new XMLSerializer().serializeToString(parsed);
      }
    } catch (error) {
      answer.fault = String(error);
    }
    document.body.querySelectorAll('body > :not(script)').forEach((left) => left.remove());
    parent.postMessage(answer, '*');
  };
  addEventListener('message', ({ data }) => void answerTo(data as Parameters<typeof answerTo>[0]));
}
