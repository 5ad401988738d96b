import { encode } from 'uqr';
import { layerStrings } from '../layer-strings.ts';

/** Four modules, as the QR standard wants it around every code. */
const QUIET_ZONE = 4;

/** The link for a camera. Dark on white in both themes, because many readers do not see inverted codes. */
export function QrCode({ link }: { link: string }) {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET_ZONE });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      role="img"
      aria-label={layerStrings.share.qr}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-32 flex-none rounded-sm inset-ring-0 max-tablet:size-40"
      style={{ background: '#fff', boxShadow: '0 0 0 1px var(--line)' }}
    >
      <path d={path} fill="#111" />
    </svg>
  );
}
