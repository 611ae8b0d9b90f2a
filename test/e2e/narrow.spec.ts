import type { Locator, Page } from '@playwright/test';
import { expect, generate } from './easel-page.ts';
import { test } from './two-services.ts';

test.use({ viewport: { width: 400, height: 800 } });

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  // Where it rests, not where it comes from.
  await element.page().waitForTimeout(250);
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${String(element)} is not shown.`);
  return box;
}

async function expectInside(element: Locator): Promise<void> {
  const { x, width } = await boxOf(element);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(400);
}

test('in a narrow window nothing lies outside, over something else or in a sliver', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  const line = page.getByRole('button', { name: /^Why\?/ });
  await line.click();
  const reasons = page.getByRole('dialog', { name: 'Who does it, and why' });
  await expectInside(reasons);
  await page.keyboard.press('Escape');
  // With less room above the line than the reasons take, they scroll.
  await page.setViewportSize({ width: 400, height: 420 });
  await line.click();
  await expect(reasons).toBeVisible();
  expect((await boxOf(reasons)).y).toBeGreaterThanOrEqual(0);
  expect(await reasons.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 400, height: 800 });

  await generate(page, 'a boat');
  await expect(page.getByRole('img', { name: /a boat/ }).first()).toBeVisible();
  await button(page, 'Gallery').click();
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  // The gallery lies behind it, with the picture selected.
  await expect(viewer).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  const zoomIn = await boxOf(button(viewer, 'Zoom in'));
  const trash = await boxOf(button(viewer, 'Move to the trash'));
  expect(zoomIn.x + zoomIn.width).toBeLessThanOrEqual(trash.x);
  await expectInside(viewer.getByRole('button', { name: /details/i }).first());
  const facts = viewer.getByText('SHA-256');
  if (!(await facts.isVisible())) await page.keyboard.press('i');
  await expect(viewer.getByText('Use again')).toBeVisible();
  const picture = await boxOf(viewer.getByRole('img').first());
  const details = await boxOf(viewer.getByText('Use again'));
  expect(picture.y + picture.height).toBeLessThanOrEqual(details.y);
  await page.keyboard.press('Escape');

  await button(page, 'Compare').click();
  const search = page.getByRole('textbox', { name: 'Search models' });
  const results = page.getByRole('heading', { name: 'Compare', exact: true });
  await expect(search).toBeVisible();
  expect((await boxOf(search)).width).toBeGreaterThan(300);
  const begin = await boxOf(page.getByRole('button', { name: /^Compare 0 models/ }));
  expect(begin.y + begin.height).toBeLessThanOrEqual(800);
  await results.scrollIntoViewIfNeeded();
  await expectInside(page.getByText('Which model draws best for you?'));
});

test('in a narrow window the form has room, Generate stays at hand, and the picture comes into sight', async ({
  page,
  start,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const easel = await start();
  await page.goto(easel.url);
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  const send = page.getByRole('button', { name: /^Generate/ });
  await expect(prompt).toBeInViewport({ ratio: 1 });
  await expect(send).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('textbox', { name: 'Height' })).toBeInViewport({ ratio: 1 });
  const project = page.getByLabel('Project');
  await project.scrollIntoViewIfNeeded();
  await expect(send).toBeInViewport({ ratio: 1 });
  const field = await boxOf(project);
  expect(field.y + field.height, 'not under the button').toBeLessThanOrEqual((await boxOf(send)).y);

  await generate(page, 'a boat');
  const picture = page.getByRole('img', { name: /a boat/ }).first();
  await expect(picture).toBeInViewport({ ratio: 1 });
  expect((await boxOf(picture)).width).toBeGreaterThan(280);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  // And back, by key.
  await page.getByRole('region', { name: 'Result' }).getByRole('button').first().focus();
  await page.keyboard.press('e');
  await expect(prompt).toBeFocused();
  await expect(prompt).toBeInViewport({ ratio: 1 });
});
