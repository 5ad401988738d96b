import { keyWords } from './key-words.ts';

/** Keys to press, each drawn as a cap: `Mod+Shift+H`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="flex flex-none gap-1.5 font-mono">
      {keyWords(keys).map((cap) => (
        <kbd key={cap} className="rounded-xs bg-sunken px-1.25 font-mono text-2xs leading-4.5 font-medium text-ink-2">
          {cap}
        </kbd>
      ))}
    </kbd>
  );
}
