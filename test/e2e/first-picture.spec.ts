import type { Locator, Page } from '@playwright/test';
import { expect, generate, test } from './easel-page.ts';

const cells = (page: Page): Locator => page.getByRole('listbox').getByRole('option');
const preview = (page: Page): Locator => page.locator('img[src^="/previews/"]');
const stage = (page: Page): Locator => page.getByRole('region', { name: 'Result' });

test('the whole path by mouse: first run, generate with live preview, gallery, recall, again, delete, undo', async ({
  page,
  place,
  start,
  comfyui,
}) => {
  const easel = await start({ library: false, environment: { EASEL_COMFYUI_URL: comfyui.url } });
  await page.goto(easel.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Easel' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Library folder' }).fill(place.library);
  await page.getByRole('button', { name: 'Start creating' }).click();

  await expect(page.getByText(/^ComfyUI · /).first()).toBeVisible();
  await generate(page, 'a lighthouse at dusk');
  await expect(preview(page).first()).toBeVisible();
  await expect(page.getByText(/Sampling, step \d+ of \d+/).first()).toBeVisible();
  await expect(stage(page).getByRole('img', { name: /a lighthouse at dusk/ })).toBeVisible({ timeout: 20_000 });
  expect(comfyui.promptsSeen).toHaveLength(1);

  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await expect(cells(page)).toHaveCount(1);
  await cells(page).first().dblclick();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer).toBeVisible();
  await expect(viewer.getByText('a lighthouse at dusk').first()).toBeVisible();
  await viewer.getByRole('button', { name: /^All/ }).click();
  await expect(viewer).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('a lighthouse at dusk');
  await expect(page.getByRole('textbox', { name: 'Seed' })).not.toHaveValue('');

  await generate(page, 'a lighthouse in fog');
  await expect(stage(page).getByRole('img', { name: /a lighthouse in fog/ })).toBeVisible({ timeout: 20_000 });
  expect(comfyui.promptsSeen).toHaveLength(2);

  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await expect(cells(page)).toHaveCount(2);
  await expect(cells(page).first()).toHaveAccessibleName(/a lighthouse in fog/);
  await cells(page).first().click();
  await page.keyboard.press('Delete');
  await expect(cells(page)).toHaveCount(1);
  // The recall before can be undone as well.
  const trashed = page.getByRole('alert').filter({ hasText: 'moved to the trash' });
  await trashed.getByRole('button', { name: 'Undo' }).click();
  await expect(cells(page)).toHaveCount(2);
  await expect(cells(page).first()).toHaveAccessibleName(/a lighthouse in fog/);
});

test('the whole path by keyboard alone', async ({ page, start, comfyui }) => {
  const easel = await start({ library: false, environment: { EASEL_COMFYUI_URL: comfyui.url } });
  await page.goto(easel.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Easel' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Start creating' }));
  await page.keyboard.press('Enter');

  await expect(page.getByText(/^ComfyUI · /).first()).toBeVisible();
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await tabTo(page, prompt);
  await page.keyboard.type('a fox in the snow');
  await page.keyboard.press('Control+Enter');
  await expect(preview(page).first()).toBeVisible();
  await expect(stage(page).getByRole('img', { name: /a fox in the snow/ })).toBeVisible({ timeout: 20_000 });

  await page.keyboard.press('Control+2');
  await expect(cells(page)).toHaveCount(1);
  await tabTo(page, page.getByRole('listbox'));
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(viewer).toBeVisible();
  await page.keyboard.press('p');
  await expect(prompt).toHaveValue('a fox in the snow');
  await expect(viewer).toBeHidden();
  await tabTo(page, prompt);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => comfyui.promptsSeen.length).toBe(2);

  await page.keyboard.press('Control+2');
  await expect(cells(page)).toHaveCount(2, { timeout: 20_000 });
  await tabTo(page, page.getByRole('listbox'));
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  await expect(cells(page)).toHaveCount(1);
  await tabTo(page, page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await expect(cells(page)).toHaveCount(2);
});

test('a reload in the middle of a run finds it again, and the picture arrives once', async ({
  page,
  start,
  comfyui,
}) => {
  comfyui.settings.stepMs = 150;
  const easel = await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } });
  await page.goto(easel.url);
  await expect(page.getByText(/^ComfyUI · /).first()).toBeVisible();
  await generate(page, 'a harbour');
  await expect(preview(page).first()).toBeVisible();
  await page.reload();
  await expect(preview(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await expect(cells(page)).toHaveCount(1, { timeout: 20_000 });
  expect(comfyui.promptsSeen).toHaveLength(1);
});

test('kill -9 of Easel in the middle of a run, start again: the picture arrives once, ComfyUI saw one prompt', async ({
  page,
  start,
  comfyui,
  complaints,
}) => {
  comfyui.settings.stepMs = 200;
  const environment = { EASEL_COMFYUI_URL: comfyui.url };
  const killed = await start({ environment });
  await page.goto(killed.url);
  await expect(page.getByText(/^ComfyUI · /).first()).toBeVisible();
  await generate(page, 'a bridge');
  await expect(preview(page).first()).toBeVisible();
  killed.process.kill('SIGKILL');
  await expect(page.getByText(/reconnect|not answer|gone/i).first()).toBeVisible();

  const again = await start({ environment });
  await page.goto(again.url);
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await expect(cells(page)).toHaveCount(1, { timeout: 20_000 });
  expect(comfyui.promptsSeen).toHaveLength(1);
  // The browser reports the connection that the kill cut; that was the point.
  complaints.length = 0;
});

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (
      await target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))
    )
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(target)}.`);
}
