/**
 * Runs before the editor's code: CodeMirror parses for 100 ms at a time where a browser can tell it of waiting input, which is as long as a page may
 * be deaf to wheel and finger. Where it cannot, the parser takes what the browser says is idle, 45 ms at the most.
 */
export const PARSE_TURNS_SCRIPT = `Object.defineProperty(navigator,'scheduling',{value:void 0})`;
