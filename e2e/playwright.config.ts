import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './browser/chromium-launch.ts';

// Each test starts a server of its own from the production bundle (browser/fixtures.ts), so there is no `webServer` here.
export default defineConfig({
  testDir: './browser',
  testMatch: '**/*.spec.ts',
  outputDir: './results',
  // A test waits half of its time: for the network, for what fades, for a server. Two make one core busy.
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try has found something.
  retries: 0,
  timeout: 120_000,
  // Two of these and another step share two cores.
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    launchOptions: chromiumLaunch(process.env),
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
