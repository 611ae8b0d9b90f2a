import type { Locator, Page } from '@playwright/test';
import { expect } from './easel-page.ts';
import { test } from './two-services.ts';

const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const model = (page: Page): Locator => page.getByRole('button', { name: /^Model/ });

/** Types as somebody does who looks at the field, not at the rest. */
async function retype(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text, { delay: 30 });
}

test('a size is typed key by key, and nothing is planned with half of it', async ({ page, start, services }) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await expect(model(page)).toContainText('Automatic');
  const before = await model(page).textContent();
  await retype(page, 'Width', '1216');
  await expect(field(page, 'Width')).toHaveValue('1216');
  await expect(field(page, 'Width')).toBeFocused();
  // Longer than any pause that is waited for elsewhere.
  await page.waitForTimeout(1_000);
  expect(await model(page).textContent()).toBe(before);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(field(page, 'Height')).toBeFocused();
  await page.keyboard.type('832');
  await page.keyboard.press('Enter');
  await expect(field(page, 'Width')).toHaveValue('1216');
  await expect(field(page, 'Height')).toHaveValue('832');
});

test('the field of a size stays while the keyboard is in it, whoever is asked then', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  const before = await model(page).textContent();
  // Nobody makes that; who comes nearest takes only sizes of a list.
  await retype(page, 'Width', '1');
  await page.keyboard.press('Enter');
  await expect(model(page)).not.toHaveText(before ?? '');
  await expect(field(page, 'Width')).toBeFocused();
  await retype(page, 'Width', '1024');
  await page.keyboard.press('Enter');
  await expect(model(page)).toHaveText(before ?? '');
  await expect(field(page, 'Width')).toBeFocused();
});

test('what is no number, or none that can be, stays as typed with the reason, and is not sent', async ({
  page,
  start,
  services,
  fal,
  runware,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await field(page, 'Prompt').fill('a fox');
  const range = 'Enter a whole number from 1 to 64.';
  for (const [text, reason] of [
    ['3.5', range],
    ['500', range],
    ['0', range],
    ['-2', range],
    ['1e1', 'Use digits only, for a whole number from 1 to 64.'],
    ['', 'Enter a number from 1 to 64; this can’t be empty.'],
  ] as const) {
    await retype(page, 'Images', text);
    if (text === '') await page.keyboard.press('Delete');
    // The shortcut acts on what stands there.
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByText(reason, { exact: true }).first()).toBeVisible();
    await expect(field(page, 'Images')).toHaveValue(text);
    await expect(field(page, 'Images')).toHaveAttribute('aria-invalid', 'true');
    await expect(button(page, 'Generate')).toBeDisabled();
    await expect(page.locator('form').getByText('Put the number under “Images” right first.')).toBeVisible();
  }
  await retype(page, 'Images', '2');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => fal.charges.length + runware.charges.length).toBeGreaterThan(0);
  await expect(page.getByText('2 images').or(page.getByText(/of 2/)).first()).toBeAttached();
  await expect(field(page, 'Images')).toHaveValue('2');
});

test('a limit and a price are saved as they were typed or not at all', async ({ page, start, services }) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await button(page, 'Settings').click();
  await page.getByRole('tab', { name: 'Routing and money' }).click();
  for (const [text, reason] of [
    ['-1', 'Enter a number from 0 to 1000000.'],
    ['1e9', 'Use digits and a point only, for a number from 0 to 1000000.'],
    ['1,000', 'Use digits and a point only, for a number from 0 to 1000000.'],
    ['0.00001', 'Use at most 4 digits behind the point.'],
  ] as const) {
    await retype(page, 'Each day', text);
    await page.keyboard.press('Tab');
    await expect(page.getByText(reason).first()).toBeVisible();
    await expect(field(page, 'Each day')).toHaveValue(text);
  }
  await page.reload();
  await expect(field(page, 'Each day')).toHaveValue('');

  await button(page, 'Costs').click();
  await button(page, 'Change caps').click();
  await retype(page, 'A day', '-1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter a number from 0 to 1000000.').first()).toBeVisible();
  await expect(field(page, 'A day')).toBeFocused();
  await retype(page, 'A day', '$2.50');
  await button(page, 'Save caps').click();
  await expect(page.getByText(/of \$2\.50/).first()).toBeVisible();
});
