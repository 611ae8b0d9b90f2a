import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { runEasel } from '../run-easel.ts';
import { expect, generate, test } from './easel-page.ts';
import { fillPlace } from './past-spending.ts';

const modKey = process.platform === 'darwin' ? 'Meta' : 'Control';

/** The rows of that past have no files, so that no view with pictures is looked at. */
const openCosts = async (page: Page, url: string): Promise<void> => {
  await page.addInitScript(() => {
    // The blank page at the end has none.
    if (location.protocol !== 'about:')
      localStorage.setItem('easel-view', JSON.stringify({ state: { view: 'costs' }, version: 1 }));
  });
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Costs', exact: true })).toBeVisible();
};
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const seriousProblems = async (page: Page): Promise<string[]> => {
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

test('nothing of the charts is loaded before somebody looks at them', async ({ page, start }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/assets/')) scripts.push(request.url());
  });
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((url) => url.includes('analytics'))).toEqual([]);
  await page.keyboard.press(`${modKey}+6`);
  await expect(page.getByRole('heading', { name: 'Costs', exact: true })).toBeVisible();
  expect(scripts.filter((url) => url.includes('analytics')).length).toBeGreaterThan(0);
});

test('a first day says what will stand here, and counts a picture as it is made', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await page.getByRole('button', { name: 'Costs', exact: true }).click();
  await expect(page.getByText('Nothing was made in this time.')).toBeVisible();
  await page.getByText('All', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to add up yet' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create a picture' }).click();
  await generate(page, 'a red bicycle');
  await expect(page.getByRole('img', { name: /a red bicycle/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Costs', exact: true }).click();
  await expect(page.getByText('1 kept, 0 in the trash')).toBeVisible();
  await expect(page.getByText('Nothing was charged')).toBeVisible();
  await expect(panel(page, 'Spend by day').getByText('No costs that are known')).toBeVisible();
});

test('caps are shown before anything was made, over the whole line, and no longer time is asked for', async ({
  page,
  place,
  start,
}) => {
  expect((await runEasel(place, ['budget', 'set', '--day', '5'])).code).toBe(0);
  const easel = await start();
  await openCosts(page, easel.url);
  await page.getByText('All', { exact: true }).click();
  await expect(page.getByText('Nothing was made yet.', { exact: true })).toBeVisible();
  const caps = await panel(page, 'Caps').boundingBox();
  expect(caps?.width).toBeGreaterThan(1000);
  expect((await panel(page, 'Every charge').boundingBox())?.width).toBe(caps?.width);
});

test('axe finds nothing in charts, tables and forms', async ({ page, place, start }) => {
  await fillPlace(place, 40);
  const easel = await start();
  await openCosts(page, easel.url);
  await expect(panel(page, 'Models').getByRole('row')).not.toHaveCount(0);
  expect(await seriousProblems(page), 'charts').toEqual([]);
  const asTable = page.getByRole('button', { name: /as table$/ });
  while ((await asTable.count()) > 0) await asTable.first().click();
  await page.getByRole('button', { name: 'Change caps' }).click();
  expect(await seriousProblems(page), 'tables and caps').toEqual([]);
  await page
    .getByRole('button', { name: /^Correct the price/ })
    .first()
    .click();
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toBeFocused();
  expect(await seriousProblems(page), 'price').toEqual([]);
});

test('what was pointed at in a chart leaves nothing outside once the window is narrower', async ({
  page,
  place,
  start,
}) => {
  await fillPlace(place, 40);
  const easel = await start();
  await openCosts(page, easel.url);
  const byProvider = panel(page, 'By provider');
  await byProvider.scrollIntoViewIfNeeded();
  // To the right of the middle, where the tooltip is far from the left edge.
  const box = await byProvider.locator('.recharts-surface').first().boundingBox();
  if (box === null) throw new Error('The chart is not shown.');
  await page.mouse.move(box.x + box.width * 0.7, box.y + 40);
  await expect(byProvider.locator('.recharts-tooltip-wrapper')).toBeVisible();
  await page.setViewportSize({ width: 400, height: 800 });
  // The charts follow the window a moment later.
  await expect
    .poll(async () => (await byProvider.locator('.recharts-surface').first().boundingBox())?.width)
    .toBeLessThan(400);
  const wider = await page.getByRole('main').evaluate((main) =>
    Array.from(main.querySelectorAll('*'))
      // Tables scroll on purpose, and by keyboard.
      .filter((element) => element.getAttribute('role') !== 'group' && getComputedStyle(element).overflowX === 'auto')
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ className }) => className),
  );
  expect(wider).toEqual([]);
});

test('figures are the same in chart, table, command line and file', async ({ page, place, start }) => {
  await fillPlace(place, 40);
  const words = ['costs', '--by', 'provider', '--json'];
  const { stdout } = await runEasel(place, words);
  const { groups, total } = JSON.parse(stdout) as {
    groups: { label: string; images: number; kept: number }[];
    total: { images: number; kept: number };
  };
  const easel = await start();
  await openCosts(page, easel.url);
  await page.getByText('90 days', { exact: true }).click();
  await expect(page.getByText(`${total.kept} kept, ${total.images - total.kept} in the trash`)).toBeVisible();

  const byProvider = panel(page, 'By provider');
  await expect(byProvider.locator('.recharts-bar-rectangle').first()).toBeVisible();
  // Screen readers have the table beside the chart.
  await expect(byProvider.getByRole('row')).toHaveCount(groups.length + 1);
  await byProvider.getByRole('button', { name: 'Show “By provider” as table' }).click();
  await expect(byProvider.locator('.recharts-bar-rectangle')).toHaveCount(0);
  for (const { label, images, kept } of groups) {
    await expect(
      byProvider.getByRole('row', { name: new RegExp(`^${label} .* ${kept} ${images - kept} [\\d.]+ % `) }),
    ).toBeVisible();
  }
  await byProvider.getByText('Project', { exact: true }).click();
  await expect(panel(page, 'By project').getByRole('rowheader', { name: 'covers' })).toBeVisible();
  // Success, p50 and p95.
  await expect(
    panel(page, 'By project').getByRole('row', { name: /^covers .* [\d.]+ % [\d.]+ (s|min) [\d.]+ (s|min)/ }),
  ).toBeVisible();

  await expect(panel(page, 'What could cost less')).toContainText(
    /pictures of FLUX1?\.1.* went to the trash\. .* costs/,
  );
  const ledger = panel(page, 'Every charge');
  await ledger.getByRole('button', { name: 'Show more' }).click();
  await expect(ledger.getByRole('row')).toHaveCount(51);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    ledger.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^easel-charges-\d{4}-\d\d-\d\d\.csv$/);
  expect(readFileSync(await download.path(), 'utf8')).toBe((await runEasel(place, ['costs', '--csv'])).stdout);
});

test('a cap and a price are changed by keyboard alone', async ({ page, place, start }) => {
  await fillPlace(place, 40);
  const easel = await start();
  await openCosts(page, easel.url);
  const caps = panel(page, 'Caps');
  await expect(caps.getByRole('progressbar', { name: 'This month' })).toBeVisible();
  await caps.getByRole('button', { name: 'Change caps' }).focus();
  await page.keyboard.press('Enter');
  await expect(caps.getByRole('textbox', { name: 'One image' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  await expect(caps.getByText('at most $0.500')).toBeVisible();
  await expect(caps.getByText('at most $0.250')).toBeVisible();

  const row = panel(page, 'Models').getByRole('row', { name: /Replicate/ });
  await row.getByRole('button', { name: /^Correct the price/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toBeFocused();
  await page.keyboard.press(`${modKey}+A`);
  await page.keyboard.type('0.77');
  await page.keyboard.press('Enter');
  await expect(row.getByText('$0.770 per image')).toBeVisible();
  await expect(row.getByText('yours')).toBeVisible();
  await expect(row.getByText(/^The list says/)).toBeVisible();
  await expect(row.getByRole('button', { name: /^Correct the price/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Use the list’s price' }).press('Enter');
  await expect(row.getByText('yours')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toHaveCount(0);
  await expect(row.getByRole('button', { name: /^Correct the price/ })).toBeFocused();

  await page.keyboard.press(`${modKey}+K`);
  await page.keyboard.type('costs of 7 days');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: '7 days' })).toBeChecked();
});

test('figures that can’t be read say so, and can be asked for again', async ({ page, start, complaints }) => {
  const easel = await start();
  await page.route('**/costs/summary**', (route) => route.abort());
  await openCosts(page, easel.url);
  await expect(page.getByText('Easel is not answering. If it has ended, start it again.')).toBeVisible();
  await page.unroute('**/costs/summary**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing was made in this time.')).toBeVisible();
  // The browser tells of each call that was broken off.
  expect(complaints.splice(0).every((words) => words.includes('ERR_FAILED'))).toBe(true);
});
