import { readBasePath } from './deploy/base-path.mjs';

const basePath = readBasePath();

/** @type {import('next').NextConfig} */
export default {
  // `next dev` would write a file of instructions for code assistants into the repository.
  agentRules: false,
  // Fixed when the pages are built; components/ui/base-path.ts gets the same word.
  basePath,
  env: { BASE_PATH: basePath },
  poweredByHeader: false,
  // The room page takes keystrokes only after hydration; Strict Mode proves that effects clean up after themselves.
  reactStrictMode: true,
  // The floating badge of `next dev` would lie on the text.
  devIndicators: false,
  experimental: {
    // Otherwise `next dev` asks the network for security advisories and may refuse to start.
    agentUpgrade: false,
    // The page of what is not there stands for itself; as a part of the layout every page would carry its code.
    globalNotFound: true,
    // Fewer and larger files: what is optional comes with some code twice, and the first load with 6 KB less.
    turbopackChunking: { minChunkSize: 200_000 },
  },
  // `npm run check` checks the types, of everything and not only of the pages; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
};
