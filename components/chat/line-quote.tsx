import { chatStrings } from './chat-strings.ts';

export interface LineQuoteProps {
  text: string;
  /** Is the passage deleted? By whom, if that is known. */
  gone: { name: string } | boolean;
  /** Absent if nobody knows where it is. */
  onJump?: () => void;
}

const BAR = 'border-s-2 ps-2.25 py-px text-sm leading-snug text-start [overflow-wrap:anywhere] line-clamp-4';

/** Words of the text: a press goes there, unless they were deleted. */
export function LineQuote({ text, gone, onJump }: LineQuoteProps) {
  if (gone !== false) {
    const name = gone === true ? '' : gone.name;
    return (
      <div className="my-0.75">
        <blockquote dir="auto" className={`${BAR} border-line-strong text-ink-2`}>
          <del>{text}</del>
        </blockquote>
        <p className="mt-0.5 text-xs text-ink-3">{name === '' ? chatStrings.gone : chatStrings.goneBy(name)}</p>
      </div>
    );
  }
  if (onJump === undefined) {
    return (
      <blockquote dir="auto" className={`${BAR} my-0.75 border-brass-fill text-ink-2`}>
        {text}
      </blockquote>
    );
  }
  return (
    <button
      type="button"
      dir="auto"
      aria-label={chatStrings.jump(text)}
      onClick={onJump}
      className="touch my-0.75 block w-full rounded-e-xs hover:bg-hover"
    >
      <span className={`${BAR} border-brass-fill text-ink-2`}>{text}</span>
    </button>
  );
}
