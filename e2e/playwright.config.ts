import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './browser/chromium-launch.ts';

// Each test starts a server of its own from the production bundle (browser/fixtures.ts), so there is no `webServer` here.
export default defineConfig({
  testDir: './browser',
  testMatch: '**/*.spec.ts',
  outputDir: './results',
  // Two cores: two browsers at once would only make each other late.
  workers: 1,
  fullyParallel: false,
  // A test that passes at the second try has found something.
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    launchOptions: chromiumLaunch(process.env),
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
