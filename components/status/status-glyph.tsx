import { Eye, History, Lock, TriangleAlert } from 'lucide-react';
import type { Glyph } from './status-words.ts';

/** Three joined dots: this device, server, disk. Shape carries what colour carries: filled or hollow, joined or apart. */
export function StatusGlyph({ glyph, green }: { glyph: Glyph; green: boolean }) {
  switch (glyph.kind) {
    case 'eye':
      return <Eye size={14} aria-hidden="true" />;
    case 'lock':
      return <Lock size={14} aria-hidden="true" />;
    case 'past':
      return <History size={14} aria-hidden="true" />;
    case 'alert':
      return <TriangleAlert size={14} aria-hidden="true" />;
    case 'dots':
      return (
        <svg
          viewBox="0 0 28 8"
          width="28"
          height="8"
          aria-hidden="true"
          className={`flex-none ${green ? 'text-accent' : ''}`}
        >
          <Dot x={4} filled={glyph.device} />
          {!glyph.gap && <Link x={8} filled={glyph.received} />}
          <Dot x={14} filled={glyph.received} />
          <Link x={18} filled={glyph.disk} />
          <Dot x={24} filled={glyph.disk} />
        </svg>
      );
    default:
      return unknown(glyph);
  }
}

function Dot({ x, filled }: { x: number; filled: boolean }) {
  if (filled) return <circle cx={x} cy="4" r="3.4" fill="currentColor" />;
  return <circle cx={x} cy="4" r="2.7" fill="none" stroke="currentColor" strokeWidth="1.4" opacity=".7" />;
}

function Link({ x, filled }: { x: number; filled: boolean }) {
  return <path d={`M${x} 4h3`} stroke="currentColor" strokeWidth="1.4" opacity={filled ? 1 : 0.45} />;
}

function unknown(glyph: never): never {
  throw new Error(`No picture for ${JSON.stringify(glyph)}`);
}
