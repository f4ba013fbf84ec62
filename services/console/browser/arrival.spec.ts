import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { api, token } from './api';
import { expect, isAccessible, test } from './console';

/** How each snippet is run by somebody who has copied it from the page into a file. */
const PROGRAMS: Record<string, (file: string) => [program: string, ...args: string[]]> = {
  curl: (file) => ['bash', file],
  JavaScript: (file) => ['node', file],
  Java: (file) => [process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java', file],
  Python: (file) => ['python3', file],
};

const FILES: Record<string, string> = {
  curl: 'send.sh',
  JavaScript: 'send.mjs',
  Java: 'Send.java',
  Python: 'send.py',
};

/** Runs what the page shows, with nothing but an access token in the environment. */
async function run(page: Page, language: string): Promise<void> {
  await page.getByRole('tab', { name: language, exact: true }).click();
  const program = await page.getByRole('tabpanel', { name: language }).locator('pre').innerText();
  const file = join(mkdtempSync(join(tmpdir(), 'snippet-')), FILES[language] ?? '');
  writeFileSync(file, program);
  const [command, ...args] = PROGRAMS[language]?.(file) ?? ['false'];
  execFileSync(command, args, { env: { ...process.env, USANCE_TOKEN: token() }, timeout: 30_000 });
}

/** First of all by its name: it begins where nobody has sent anything yet. */
test('home waits for the first event, and every snippet sends one', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Waiting for the first event')).toBeVisible();
  await isAccessible(page);
  await run(page, 'curl');
  await expect(page.getByText('Received', { exact: true })).toBeVisible();
  for (const language of ['JavaScript', 'Java', 'Python']) {
    await run(page, language);
  }
  await expect(async () => {
    const events = await api<{ data: { event: { source: string } }[] }>('GET', '/events?page%5Bsize%5D=100');
    expect(events.data.filter(({ event }) => event.source === 'my-first-producer')).toHaveLength(4);
  }).toPass();
});
