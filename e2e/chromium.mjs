import { existsSync } from 'node:fs';
import { Failure } from '../deploy/failure.mjs';
import { install, isProgram, mayInstall } from './packages.mjs';

/** Where Chromium and Chrome usually are; the first that exists is used. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser that the tests drive: CHROMIUM_PATH, or one that is installed, or the one Playwright downloaded.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!isProgram(chosen)) throw new Failure(`CHROMIUM_PATH is ${chosen}, and there is no program of that name.`);
    return chosen;
  }
  const installed = USUAL_PLACES.find((path) => isProgram(path));
  if (installed !== undefined) return installed;
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** Finds a browser, or installs one where that can be done without asking: on Debian and its kin, as root. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  if (mayInstall()) {
    console.log('Installing Chromium for the browser tests. This takes about a minute, once.');
    await install(['chromium'], 'Install Chromium or Chrome yourself, or name yours with CHROMIUM_PATH.');
    const installed = await findChromium();
    if (installed !== null) return installed;
  }
  throw new Failure(
    'The browser tests need Chromium or Chrome, and none was found. Install one (`npx playwright install chromium` does), ' +
      'or name yours: `CHROMIUM_PATH=/path/to/chrome npm test`.',
  );
}
