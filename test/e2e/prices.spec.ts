import type { Page } from '@playwright/test';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { seriousProblems } from './accessible.ts';
import { expect } from './easel-page.ts';
import { test } from './two-services.ts';

async function openPrices(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name: 'Prices' }).click();
  await expect(page.getByRole('heading', { name: 'What models cost' })).toBeVisible();
}

test('the price of a model that was never used is found, corrected and given back by keyboard alone', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  await openPrices(page, easel.url);
  const count = page.getByRole('status').filter({ hasText: /models?$/ });
  await expect(count).toHaveText(/^\d+ models$/);
  const rows = page.getByRole('list', { name: /^Models of/ }).getByRole('listitem');
  const all = await rows.count();
  expect(all).toBeGreaterThan(10);
  await page.getByRole('searchbox', { name: 'Search models' }).focus();
  await page.keyboard.type('runware schnell');
  await expect(rows).toHaveCount(1);
  await expect(page.getByText(/^Price list of/)).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  const edit = rows.getByRole('button', { name: /^(Correct|Enter) the price of/ });
  await edit.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toBeFocused();
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('0.77');
  await page.keyboard.press('Enter');
  await expect(rows).toContainText('$0.770 per image');
  await expect(rows).toContainText('yours');
  await expect(rows).toContainText(/The list of .*2026.* says \$/);
  await expect(edit).toBeFocused();

  await page.getByRole('searchbox', { name: 'Search models' }).fill('');
  await page.getByRole('radio', { name: 'Yours' }).focus();
  await page.keyboard.press('Space');
  await expect(rows).toHaveCount(1);
  await edit.press('Enter');
  await page.getByRole('button', { name: 'Use the list’s price' }).press('Enter');
  await expect(page.getByText('No model fits. Search for less, or show all.')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('radio', { name: 'Yours' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(rows).toHaveCount(all);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('a price that is saved as it was stays what it is, and a trained model says whose price it has', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  // fal's first model as one whose first megapixel costs more, with another that was made of it.
  await page.route('**/rpc/providers/list', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { json: { providers: ProviderStatus[] } };
    for (const { manifest, models } of body.json.providers) {
      const [first] = models;
      if (manifest.id !== 'fal' || first === undefined) continue;
      Object.assign(first, { name: 'Two prices', price: { usd: 0.015, per: 'megapixel', first: 0.03 } });
      models.push({ ...first, id: `${first.id}#pier`, name: 'Pier' });
    }
    await route.fulfill({ response: answer, json: body });
  });
  const sent: string[] = [];
  page.on('request', (request) => sent.push(new URL(request.url()).pathname));
  await openPrices(page, easel.url);
  const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(row('Pier')).toContainText('as Two prices');
  const edit = row('Two prices').getByRole('button', { name: /^Correct the price of/ });
  await edit.click();
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toBeFocused();
  await expect(page.getByText(/The first megapixel costs something else now/)).toBeVisible();
  // The mouse still rests on the button, whose name would lie over what it opened.
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'US dollars' })).toHaveCount(0);
  await expect(edit).toBeFocused();
  await expect(row('Two prices')).toContainText('$0.030, then $0.015 per megapixel');
  await expect(row('Two prices')).not.toContainText('yours');
  expect(sent.filter((path) => /price/i.test(path))).toEqual([]);
});

test('without a service there is nothing to correct, and the way to one is shown', async ({ page, start }) => {
  const easel = await start();
  await openPrices(page, easel.url);
  await page.getByRole('button', { name: 'All providers' }).click();
  await expect(page.getByRole('heading', { name: 'Providers', exact: true })).toBeVisible();
});

test('who comes first at an unknown price is said to, with who has a known one, and a price can be entered', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: { ...services, PRIMARY_IMAGE_PROVIDER: 'fal' } });
  // fal's first model is known by its price: as if it were not.
  await page.route('**/rpc/providers/list', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { json: { providers: ProviderStatus[] } };
    for (const { manifest, models } of body.json.providers) {
      if (manifest.id === 'fal') for (const model of models) model.price = null;
    }
    await route.fulfill({ response: answer, json: body });
  });
  await page.goto(easel.url);
  const line = page.getByRole('button', { name: /^Why\?/ });
  await expect(line).toContainText(/^fal · .*price unknown/);
  await line.click();
  const reasons = page.getByRole('dialog', { name: 'Who does it, and why' });
  await expect(reasons).toContainText(/What fal, .* costs is not known, so no sum and no estimate counts it\./);
  await expect(reasons).toContainText(/Runware, .* would do it: ≈ \$0\.\d+\. Choose it under Model/);
  expect(await seriousProblems(page)).toEqual([]);
  await reasons.getByRole('button', { name: 'Enter a price' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'What models cost' })).toBeVisible();
});
