import type { Locator, Page } from '@playwright/test';
import { seriousProblems } from './accessible.ts';
import { expect, test } from './easel-page.ts';

test('the page opens although the latest results can’t be read, and reads them when asked again', async ({
  page,
  start,
  complaints,
}) => {
  const easel = await start();
  await page.route('**/rpc/library/list', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto(easel.url);
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  const failed = page.getByRole('alert').filter({ hasText: 'The latest results could not be read.' });
  await expect(failed).toBeVisible();
  await expect(page.getByText('Your first picture starts with a sentence')).toBeHidden();
  await page.unroute('**/rpc/library/list');
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(failed).toBeHidden();
  await expect(page.getByText('Your first picture starts with a sentence')).toBeVisible();
  // The browser notes the refusal in its console; that was the point.
  complaints.length = 0;
});

test('a program that is slow to wake does not leave streams of events open', async ({ page, start, complaints }) => {
  const easel = await start();
  const open = new Set<object>();
  let opened = 0;
  page.on('request', (request) => {
    if (!request.url().endsWith('/rpc/system/events')) return;
    opened += 1;
    open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  let refusals = 0;
  await page.route('**/rpc/system/info', (route) => {
    refusals += 1;
    return refusals <= 2 ? route.fulfill({ status: 503, body: '' }) : route.continue();
  });
  await page.goto(easel.url);
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  expect(opened).toBe(3);
  await expect.poll(() => open.size).toBe(1);
  complaints.length = 0;
});

/** Lets time pass until the page gives up hoping. */
async function untilLost(page: Page, words: Locator): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(words).toBeVisible({ timeout: 100 });
  }).toPass();
}

test('a page whose Easel has ended says what to do, and tries again when asked', async ({
  page,
  start,
  complaints,
}) => {
  await page.clock.install();
  const ended = await start();
  await page.goto(ended.url);
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await prompt.fill('words that stay');
  await ended.stop();
  await expect(page.getByText('Easel is not answering. Trying again …')).toBeVisible();
  const lost = page.getByRole('status').filter({ hasText: 'open the address it printed' });
  await untilLost(page, lost);
  await expect(lost).toContainText('Easel does not answer at this address.');
  await expect(prompt).toHaveValue('words that stay');
  expect(await seriousProblems(page)).toEqual([]);

  const tried = page.getByText(/^Last tried at/);
  const before = (await tried.textContent()) ?? '';
  await page.clock.fastForward(2_000);
  const again = page.getByRole('button', { name: 'Try again' });
  await again.press('Enter');
  await expect(tried).not.toHaveText(before);
  await expect(again).toBeFocused();

  // Whoever started it anew at the same port has a new link, too: the old one opened the old one only.
  const anew = await start({ port: Number(new URL(ended.url).port) });
  await again.press('Enter');
  await expect(page.getByRole('heading', { name: 'Easel was started again' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.clock.fastForward(2_000);
  const refused = await tried.textContent();
  await again.press('Enter');
  await expect(tried).not.toHaveText(refused ?? '');

  // The old link leads to a page that says the same; the new one signs in every tab of this browser.
  const other = await page.context().newPage();
  await other.goto(ended.url);
  await expect(other.getByRole('heading', { name: 'This link was used already' })).toBeVisible();
  expect(await seriousProblems(other)).toEqual([]);
  await other.goto(anew.url);
  await expect(other.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('words that stay');
  await other.close();
  await again.press('Enter');
  await expect(prompt).toHaveValue('words that stay');
  complaints.length = 0;
});

test('a page that could not reach Easel goes on by itself, and at once when asked', async ({
  page,
  start,
  complaints,
}) => {
  const easel = await start();
  await page.clock.install();
  const lost = page.getByRole('heading', { name: 'Easel does not answer at this address' });
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  const cutOff = async (): Promise<void> => {
    await page.route('**/rpc/system/events', (route) => route.abort());
    await page.goto(easel.url);
    await untilLost(page, lost);
  };
  await cutOff();
  expect(await seriousProblems(page)).toEqual([]);
  await page.unroute('**/rpc/system/events');
  await page.clock.fastForward(10_000);
  await expect(prompt).toBeVisible();

  await cutOff();
  await page.unroute('**/rpc/system/events');
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(prompt).toBeVisible();
  complaints.length = 0;
});
