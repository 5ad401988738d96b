/** What was not done and why, beside what was asked for. The element is there before the words, or nobody hears them. */
export function FaultLine({ words }: { words: string | null }) {
  return (
    <p role="alert" className="text-xs leading-normal text-danger empty:hidden">
      {words}
    </p>
  );
}
