import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
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

async function seriousProblems(page: Page): Promise<string[]> {
  // Colours are judged at rest, not half-way through a transition.
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in the first run', async ({ page, start, comfyui }) => {
      const easel = await start({ library: false, environment: { EASEL_COMFYUI_URL: comfyui.url } });
      await page.goto(easel.url);
      await expect(page.getByRole('button', { name: 'Start creating' })).toBeVisible();
      expect(await seriousProblems(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'Service' }).selectOption('OpenAI');
      await expect(page.getByLabel('OpenAI: API key')).toBeVisible();
      expect(await seriousProblems(page)).toEqual([]);
    });

    test('axe finds nothing serious in any view', async ({ page, start }) => {
      const easel = await start();
      await page.goto(easel.url);
      // Empty first, then full.
      await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
      expect(await seriousProblems(page), 'create, empty').toEqual([]);
      await page.getByRole('button', { name: 'Gallery', exact: true }).click();
      expect(await seriousProblems(page), 'gallery, empty').toEqual([]);
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await generate(page, 'a red bicycle');
      await expect(page.getByRole('img', { name: /a red bicycle/ }).first()).toBeVisible();
      for (const [name, show] of Object.entries(views)) {
        await show(page);
        expect(await seriousProblems(page), name).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });
  });
}
