import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { easelJson } from '../run-easel.ts';
import { seriousProblems } from './accessible.ts';
import { expect, generate, test as alone } from './easel-page.ts';
import { test } from './two-services.ts';

const stars = (page: Page): Locator => page.getByRole('radiogroup', { name: 'Rating' });
const star = (page: Page, name: string): Locator => stars(page).getByRole('radio', { name, exact: true });
const undo = (page: Page): Locator => page.getByRole('button', { name: 'Undo' });

alone('a picture is rated by key and by click, in the viewer and in the gallery', async ({ page, start, place }) => {
  const easel = await start();
  await page.goto(easel.url);
  await generate(page, 'a red fox');
  await page.getByRole('button', { name: 'Open the image: a red fox' }).click();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer.getByRole('img', { name: 'a red fox' })).toBeVisible();
  await expect(stars(page).getByRole('radio', { checked: true })).toHaveCount(0);

  await page.keyboard.press('4');
  await expect(star(page, '4 stars')).toBeChecked();
  await expect(page.getByText('Rated 4 of 5')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  const { images } = await easelJson<{ images: { path: string; rating: number }[] }>(place, ['library', 'list']);
  expect(images[0]?.rating).toBe(4);
  const sidecar = (): string => readFileSync(join(place.library, `${images[0]?.path ?? ''}.xmp`), 'utf8');
  await expect.poll(sidecar).toContain('>4</xmp:Rating>');
  await undo(page).click();
  await expect(stars(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect.poll(sidecar).not.toContain('xmp:Rating');

  // By click, and by arrows, which belong to the stars while the keyboard is on them.
  await star(page, '2 stars').click();
  await expect(star(page, '2 stars')).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(star(page, '3 stars')).toBeChecked();
  await page.keyboard.press('5');
  await expect(star(page, '5 stars')).toBeChecked();
  await page.keyboard.press('0');
  await expect(stars(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByText('The rating was removed')).toBeVisible();
  await page.keyboard.press('5');

  // Figures that are typed are no ratings.
  await page.getByRole('region', { name: 'Alternative text' }).getByRole('button', { name: 'Write' }).click();
  await page.keyboard.type('2 foxes');
  await expect(page.getByRole('textbox', { name: 'What the picture shows' })).toHaveValue('2 foxes');
  await page.keyboard.press('Escape');
  await expect(star(page, '5 stars')).toBeChecked();

  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await generate(page, 'a blue hen');
  await page.getByRole('button', { name: 'Gallery' }).first().click();
  const fox = page.getByRole('option', { name: 'a red fox' });
  const hen = page.getByRole('option', { name: 'a blue hen' });
  await expect(fox).toHaveAccessibleName('a red fox, rated 5 of 5');
  await expect(fox).toContainText('★★★★★');
  await expect(hen).toHaveAccessibleName('a blue hen');
  // What was rated before is not to be taken back with it.
  await page.getByRole('alert').filter({ hasText: 'Rated 5 of 5' }).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('listbox', { name: 'Gallery' }).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('1');
  await expect(page.getByText('2 images rated 1 of 5')).toBeVisible();
  await expect(hen).toHaveAccessibleName('a blue hen, rated 1 of 5');
  await expect(fox).toHaveAccessibleName('a red fox, rated 1 of 5');
  expect(await seriousProblems(page)).toEqual([]);
  await undo(page).click();
  await expect(hen).toHaveAccessibleName('a blue hen');
  await expect(fox).toHaveAccessibleName('a red fox, rated 5 of 5');
});

alone('a star rates the picture in sight, also while its details are on their way', async ({ page, start, place }) => {
  const easel = await start();
  await page.goto(easel.url);
  await generate(page, 'a red fox');
  await expect(page.getByRole('button', { name: 'Open the image: a red fox' })).toBeVisible();
  await generate(page, 'a blue hen');
  await page.getByRole('button', { name: 'Open the image: a blue hen' }).click();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await page.keyboard.press('2');
  await expect(star(page, '2 stars')).toBeChecked();

  const waiting: (() => void)[] = [];
  await page.route('**/rpc/library/image', async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('img', { name: 'a red fox' })).toBeVisible();
  await expect(stars(page).getByRole('radio', { checked: true })).toHaveCount(0);
  const others = viewer.locator('[inert]').filter({ hasText: 'Use as reference' });
  await expect(others).toContainText('a blue hen');
  await star(page, '4 stars').click();
  await expect(star(page, '4 stars')).toBeChecked();
  for (const answer of waiting) answer();
  await expect(viewer.getByRole('complementary')).toContainText('a red fox');
  await expect(others).toHaveCount(0);
  await expect(star(page, '4 stars')).toBeChecked();
  const { images } = await easelJson<{ images: { rating: number }[] }>(place, ['library', 'list']);
  expect(images.map(({ rating }) => rating)).toEqual([2, 4]);

  // The button that was pressed is gone, and the keyboard is where it can rate anew.
  await page.getByRole('button', { name: 'Remove the rating' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove the rating' })).toHaveCount(0);
  await expect(star(page, '1 star')).toBeFocused();

  // One Undo for both pictures.
  await page.keyboard.press('5');
  await expect(page.getByText('Rated 5 of 5')).toBeVisible();
  await page.getByRole('button', { name: 'Undo 2 ratings' }).click();
  await expect(stars(page).getByRole('radio', { checked: true })).toHaveCount(0);
  const after = await easelJson<{ images: { rating: number | null }[] }>(place, ['library', 'list']);
  expect(after.images.map(({ rating }) => rating)).toEqual([null, null]);
});

alone('a selection is rated by pointer, and figures meant for something else do not rate', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await generate(page, 'a red fox');
  await page.getByRole('button', { name: 'Gallery' }).first().click();
  const fox = page.getByRole('option', { name: 'a red fox' });
  await fox.click();
  const menu = page.getByRole('menu', { name: 'Rating' });
  await page.getByRole('button', { name: 'Rating' }).click();
  await expect(menu).toBeVisible();
  await page.keyboard.press('3');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await page.getByRole('slider', { name: 'Size of the pictures' }).focus();
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'Queue' }).click();
  await page.getByRole('complementary', { name: 'Queue' }).getByRole('button').first().focus();
  await page.keyboard.press('3');
  await page.keyboard.press('q');
  await expect(page.getByRole('complementary', { name: 'Queue' })).toHaveCount(0);
  await expect(fox).toHaveAccessibleName('a red fox');
  await expect(fox).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('button', { name: 'Rating' }).click();
  await menu.getByRole('menuitem', { name: '4 stars' }).click();
  await expect(page.getByRole('option')).toHaveAccessibleName('a red fox, rated 4 of 5');
  await page.getByRole('listbox', { name: 'Gallery' }).focus();
  await page.keyboard.press('2');
  await expect(page.getByRole('option')).toHaveAccessibleName('a red fox, rated 2 of 5');
});

test('the model whose pictures are liked comes first where quality decides', async ({
  page,
  start,
  place,
  services,
}) => {
  const options = { environment: services };
  await easelJson(place, ['routing', 'set', 'quality_focused'], options);
  // Makes the library, of which routing asks.
  await easelJson(place, ['generate', 'a hill', '--provider', 'builtin', '--size', '64x64']);
  const { ranked } = await easelJson<{ ranked: { provider: string; model: string }[] }>(
    place,
    ['route', 'a fox'],
    options,
  );
  const { provider = '', model = '' } = ranked[1] ?? {};
  await easelJson(place, ['generate', 'a fox', '--provider', provider, '--model', model, '--count', '1'], options);

  const easel = await start(options);
  await page.goto(easel.url);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a fox');
  const routeLine = page.getByRole('button', { name: /^Why\?/ });
  const names: Readonly<Record<string, string>> = { fal: 'fal', runware: 'Runware' };
  await expect(routeLine).toContainText(`${names[ranked[0]?.provider ?? ''] ?? ''} · `);
  await page.getByRole('button', { name: 'Gallery' }).first().click();
  await page.getByRole('option', { name: 'a fox' }).click();
  await page.keyboard.press('5');
  await expect(page.getByText('Rated 5 of 5')).toBeVisible();
  await page.getByRole('button', { name: 'Create' }).first().click();
  await expect(routeLine).toContainText(`${names[provider] ?? ''} · `);
  await routeLine.click();
  await expect(page.getByRole('dialog', { name: 'Who does it, and why' })).toContainText(
    /best: \d+ points by 1 rating/,
  );
});
