import { defineConfig } from '@playwright/test';

/** The browser that the system has; none is downloaded. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'browser',
  outputDir: 'target/browser',
  // One stack, two cores: one page at a time.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['junit', { outputFile: 'target/browser-report.xml' }]],
  use: {
    baseURL: process.env.USANCE_URL ?? 'http://localhost:8888',
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] },
  },
  projects: [
    { name: 'pages', testMatch: '*.spec.ts' },
    { name: 'screenshots', testMatch: 'screenshots.ts', timeout: 600_000 },
  ],
});
