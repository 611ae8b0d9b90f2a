import type { Page } from '@playwright/test';
import { seriousProblemsAsItIs } from './accessible.ts';
import { expect, generate, test } from './easel-page.ts';

/** Each view in the state that shows most of it. */
const views: Record<string, (page: Page) => Promise<void>> = {
  create: async (page) => {
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  },
  gallery: async (page) => {
    await page.getByRole('button', { name: 'Gallery', exact: true }).click();
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  },
  viewer: async (page) => {
    await page.getByRole('button', { name: 'Gallery', exact: true }).click();
    await page.getByRole('listbox').getByRole('option').first().dblclick();
    await expect(page.getByRole('dialog', { name: 'Viewer' })).toBeVisible();
  },
  providers: async (page) => {
    await page.getByRole('button', { name: 'Providers', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Providers' })).toBeVisible();
  },
  settings: async (page) => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  },
  queue: async (page) => {
    await page.getByRole('button', { name: /^Queue/ }).click();
    await expect(page.getByRole('button', { name: 'Close the queue' })).toBeVisible();
  },
  help: async (page) => {
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
  },
};

test('axe finds nothing serious in the first run', async ({ page, start, comfyui }) => {
  const easel = await start({ library: false, environment: { EASEL_COMFYUI_URL: comfyui.url } });
  await page.goto(easel.url);
  await expect(page.getByRole('button', { name: 'Start creating' })).toBeVisible();
  expect(await seriousProblemsAsItIs(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Service' }).selectOption('OpenAI');
  await expect(page.getByLabel('OpenAI: API key')).toBeVisible();
  expect(await seriousProblemsAsItIs(page)).toEqual([]);
});

test('axe finds nothing serious in any view', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  // Empty first, then full.
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  expect(await seriousProblemsAsItIs(page), 'create, empty').toEqual([]);
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  expect(await seriousProblemsAsItIs(page), 'gallery, empty').toEqual([]);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await generate(page, 'a red bicycle');
  await expect(page.getByRole('img', { name: /a red bicycle/ }).first()).toBeVisible();
  for (const [name, show] of Object.entries(views)) {
    await show(page);
    expect(await seriousProblemsAsItIs(page), name).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
