import type { Page } from '@playwright/test';

/** What the page asked for, by address, from now on. */
export function watchRequests(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  return asked;
}
