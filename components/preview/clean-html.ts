import createPurifier, { type DOMPurify } from 'dompurify';

/** What render-blocks.ts makes; anything else did not come from there. */
const TAGS =
  'a b blockquote br cite code del div em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section small span strong sub sup table tbody td th thead tr u ul var'.split(
    ' ',
  );
const ATTRIBUTES =
  'alt checked class data-display data-l data-language href id rel src start style tabindex target type'.split(' ');
/** The only style that Markdown needs: columns of tables. */
const STYLE = /^text-align: ?(left|center|right)$/;
/** Before each id, so that no heading can take the name of something on the page. */
export const ID_PREFIX = 'text-';

let purifier: DOMPurify | null = null;

/**
 * HTML of blocks as nodes that may enter the page. render-blocks.ts lets no HTML of the text through; this is the second
 * lock, for the day when it or its library has a hole.
 */
export function cleanHtml(html: string): DocumentFragment {
  purifier ??= make();
  return purifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}

function make(): DOMPurify {
  const made = createPurifier(window);
  made.addHook('uponSanitizeAttribute', (_node, event) => {
    if (event.attrName === 'style' && !STYLE.test(event.attrValue)) event.keepAttr = false;
    if (event.attrName === 'id') event.attrValue = ID_PREFIX + event.attrValue;
    if (event.attrName === 'type' && event.attrValue !== 'checkbox') event.keepAttr = false;
  });
  return made;
}
