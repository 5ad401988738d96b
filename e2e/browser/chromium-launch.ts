import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

/** Where Debian puts it; `npm test` finds others and names them in CHROMIUM_PATH. */
const USUAL_PATH = '/usr/bin/chromium';

/** How the browser is started: without a word to the network beyond this machine, and without a GPU that is not there. */
export function chromiumLaunch(env: Record<string, string | undefined>): LaunchOptions {
  const executablePath = env['CHROMIUM_PATH'] ?? (existsSync(USUAL_PATH) ? USUAL_PATH : undefined);
  return {
    ...(executablePath !== undefined && { executablePath }),
    args: [
      // Chromium's sandbox refuses to start for root, which containers often are.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-domain-reliability',
      '--no-pings',
      '--disable-client-side-phishing-detection',
      '--disable-features=OptimizationHints,OptimizationGuideModelDownloading,MediaRouter,DialMediaRouteProvider,Translate,CertificateTransparencyComponentUpdater,AutofillServerCommunication',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  };
}
