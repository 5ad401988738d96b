import type { Metadata } from 'next';
import { StatusPage } from '../../components/status-page/status-page.tsx';
import { statusPageStrings } from '../../components/status-page/status-page-strings.ts';

export function generateMetadata(): Metadata {
  return { title: statusPageStrings.title, description: statusPageStrings.about };
}

/** Everything on it comes over a socket. */
export default function LiveStatusPage() {
  return <StatusPage />;
}
