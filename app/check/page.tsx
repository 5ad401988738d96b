import type { Metadata } from 'next';
import { CheckPage } from '../../components/check/check-page.tsx';
import { checkStrings } from '../../components/check/check-strings.ts';

export function generateMetadata(): Metadata {
  return { title: checkStrings.title, description: checkStrings.about };
}

/** Everything on it is measured by the browser that shows it. */
export default function NetworkCheckPage() {
  return <CheckPage />;
}
