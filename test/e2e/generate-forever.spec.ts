import type { Locator, Page } from '@playwright/test';
import { expect, test } from './easel-page.ts';

const strip = (page: Page): Locator => page.getByRole('navigation', { name: 'Latest results' }).getByRole('listitem');
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

/** A small picture of the built-in provider, so that several are made in a moment. */
async function writeDraft(page: Page, prompt: string): Promise<void> {
  await field(page, 'Prompt').fill(prompt);
  for (const side of ['Width', 'Height']) {
    await field(page, side).fill('128');
    await field(page, side).blur();
  }
}

test('generate forever makes a second and a third picture by itself, with new seeds, until Stop', async ({
  page,
  start,
}) => {
  const easel = await start();
  await page.goto(easel.url);
  await writeDraft(page, 'dunes at noon');
  await field(page, 'Seed').fill('7');
  const keep = page.getByRole('button', { name: 'Keep generating' });
  await expect(keep).toHaveAttribute('aria-pressed', 'false');
  await keep.click();

  await expect(keep).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/the one you keep is left aside/)).toBeVisible();
  await expect(strip(page).nth(2)).toBeVisible();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(keep).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeEnabled();
  await expect(page).toHaveTitle('Easel');

  // One that was done when Stop was pressed may still be on its way into the strip.
  await page.waitForTimeout(700);
  const made = await strip(page).count();
  await page.waitForTimeout(700);
  expect(await strip(page).count()).toBe(made);
  await expect(field(page, 'Seed')).toHaveValue('7');
  // Pictures of one seed would have the same bytes, and so the same thumbnail.
  const pictures = await strip(page)
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src.split('?')[0]));
  expect(new Set(pictures).size).toBe(made);
});

test('generate forever by keyboard: it waits while the queue is paused, and is off after a reload', async ({
  page,
  start,
}) => {
  const easel = await start();
  await page.goto(easel.url);
  await writeDraft(page, 'a quiet sea');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog').getByText('Keep generating, until stopped')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Queue/ }).click();
  await page.getByRole('button', { name: 'Pause: start no further job' }).click();

  await field(page, 'Prompt').press('Control+Alt+Enter');
  await expect(page.getByRole('button', { name: /^Stop/ })).toBeVisible();
  await expect(page.getByText('The queue is paused')).toBeVisible();
  await page.waitForTimeout(300);
  await expect(strip(page)).toHaveCount(0);
  await page.getByRole('complementary', { name: 'Queue' }).getByRole('button', { name: 'Go on' }).click();
  await expect(strip(page).nth(1)).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeVisible();
  await expect(page).toHaveTitle('Easel');
  const made = await strip(page).count();
  await page.waitForTimeout(500);
  expect(await strip(page).count()).toBe(made);
});
