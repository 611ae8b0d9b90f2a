import type { Locator } from '@playwright/test';
import { expect, generate } from './easel-page.ts';
import { test } from './two-services.ts';

test('what scrolls in a frame of its own shows one scrollbar, not the browser’s as well', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  /** How the browser draws the scrollbars of the frame around this. */
  const scrollbarOf = (inside: Locator): Promise<string> =>
    inside.evaluate((element) => {
      const frame = element.closest('[class*="ScrollArea"][class*="viewport"]');
      return frame ? getComputedStyle(frame).scrollbarWidth : 'no frame';
    });

  await page.getByRole('button', { name: /^Route/ }).click();
  await page.getByRole('combobox', { name: 'Strategy' }).click();
  const option = page.getByRole('option', { name: 'Own machine first' });
  await expect(option).toBeVisible();
  expect(await scrollbarOf(option)).toBe('none');
  await expect(page.getByRole('option', { name: 'Adaptive' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');

  await generate(page, 'a fox');
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  const seed = page.getByRole('complementary', { name: 'Details' }).getByText('Seed').first();
  await expect(seed).toBeVisible();
  expect(await scrollbarOf(seed)).toBe('none');
});
