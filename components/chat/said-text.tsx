import { piecesOf } from './links.ts';

/** What somebody said: its own lines, its own direction, and addresses that can be pressed. */
export function SaidText({ text }: { text: string }) {
  return (
    <div dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'plain' ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </div>
  );
}
