import type { Locator, Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePng } from '../fakes/comfyui/pictures.ts';
import { expect, generate, test, type Served } from './easel-page.ts';

const stage = (page: Page): Locator => page.getByRole('region', { name: 'Result' });
const drawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Queue' });
const row = (page: Page, prompt: string): Locator => drawer(page).getByRole('listitem').filter({ hasText: prompt });
const handle = (page: Page, prompt: string): Locator => drawer(page).getByRole('button', { name: `Move “${prompt}”` });

/** The prompts that wait, in their order. */
async function waiting(page: Page): Promise<string[]> {
  const names = await drawer(page)
    .getByRole('button', { name: /^Move “/ })
    .evaluateAll((handles) => handles.map((handle) => handle.getAttribute('aria-label') ?? ''));
  return names.map((name) => /“(.*)”/.exec(name)?.[1] ?? name);
}

async function open(page: Page, easel: Served): Promise<void> {
  await page.goto(easel.url);
  await expect(page.getByText(/^ComfyUI · /).first()).toBeVisible();
}

test('the queue: pause, reorder by keyboard, put first, cancel, go on, clear', async ({ page, start, comfyui }) => {
  comfyui.settings.held = true;
  await open(page, await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } }));
  // ComfyUI is given two at once: one that runs and one that is ready when it ends.
  for (const [index, prompt] of ['first', 'ready', 'second', 'third', 'fourth'].entries()) {
    await generate(page, prompt);
    await expect(page).toHaveTitle(`(${index + 1}) Easel`);
  }
  await page.getByRole('button', { name: /^Queue, 5 jobs/ }).click();
  await expect.poll(() => waiting(page)).toEqual(['second', 'third', 'fourth']);
  await drawer(page).getByRole('button', { name: 'Pause: start no further job' }).click();
  await expect(drawer(page).getByText(/^Paused\./)).toBeVisible();

  await handle(page, 'fourth').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => waiting(page)).toEqual(['second', 'fourth', 'third']);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => waiting(page)).toEqual(['fourth', 'second', 'third']);
  await expect(handle(page, 'fourth')).toBeFocused();
  await row(page, 'third').getByRole('button', { name: 'Run it next' }).click();
  await expect.poll(() => waiting(page)).toEqual(['third', 'fourth', 'second']);
  await page.reload();
  await expect.poll(() => waiting(page)).toEqual(['third', 'fourth', 'second']);

  await row(page, 'second').getByRole('button', { name: 'Cancel this job' }).click();
  await expect(page.getByText('The job was cancelled.')).toBeVisible();
  await expect(row(page, 'second')).toContainText('Cancelled');
  for (const running of ['ready', 'first']) {
    await row(page, running).getByRole('button', { name: 'Cancel this job' }).click();
    await expect(row(page, running)).toContainText('Cancelled');
  }
  await expect.poll(() => [comfyui.runningId(), ...comfyui.pendingIds()]).toEqual([null]);
  expect(comfyui.promptsSeen).toHaveLength(2);

  Object.assign(comfyui.settings, { held: false, stepMs: 5 });
  await drawer(page).getByRole('button', { name: 'Go on' }).click();
  await expect(row(page, 'third')).toContainText('Done', { timeout: 20_000 });
  await expect(row(page, 'fourth')).toContainText('Done', { timeout: 20_000 });
  expect(comfyui.promptsSeen.slice(2).map(({ graph }) => JSON.stringify(graph))).toEqual([
    expect.stringContaining('third'),
    expect.stringContaining('fourth'),
  ]);

  await drawer(page).getByRole('button', { name: 'More for the whole queue' }).click();
  await page.getByRole('menuitem', { name: 'Clear finished' }).click();
  await expect(drawer(page).getByText('Nothing to do')).toBeVisible();
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(2);
});

test('each image of a job is counted and has progress of its own', async ({ page, start, comfyui }) => {
  await open(page, await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } }));
  await page.getByRole('textbox', { name: 'Images' }).fill('3');
  await generate(page, 'three boats');
  for (const number of [1, 2, 3]) {
    await expect(stage(page).getByText(`Image ${number} of 3`)).toBeVisible();
    await expect(stage(page).getByText(/Sampling, step \d+ of \d+/)).toBeVisible();
  }
  await expect(stage(page).getByRole('img', { name: /three boats/ })).toBeVisible({ timeout: 20_000 });
});

test('an error of ComfyUI is shown with its own words, and Try again works', async ({ page, start, comfyui }) => {
  comfyui.addFaults({ on: 'run', kind: 'error', afterSteps: 2, message: 'The sampler lost its way.' });
  comfyui.settings.stepMs = 5;
  await open(page, await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } }));
  await generate(page, 'a windmill');
  await expect(stage(page).getByRole('heading', { name: 'This one didn’t work' })).toBeVisible();
  await stage(page).getByRole('button', { name: 'Details' }).click();
  await expect(stage(page).locator('pre')).toContainText('The sampler lost its way.');
  await stage(page).getByRole('button', { name: 'Try again' }).click();
  await expect(stage(page).getByRole('img', { name: /a windmill/ })).toBeVisible({ timeout: 20_000 });
  expect(comfyui.promptsSeen).toHaveLength(2);
});

test('a reference: text named .png is refused beside the slot, a picture reaches ComfyUI', async ({
  page,
  start,
  comfyui,
  complaints,
}) => {
  comfyui.settings.stepMs = 5;
  await open(page, await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } }));
  const slot = page.getByRole('region', { name: 'Reference image' });
  const file = slot.locator('input[type="file"]');
  const refusal = page.waitForResponse(/\/inputs$/);
  await file.setInputFiles({ name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('Dear diary') });
  const { message } = (await (await refusal).json()) as { message: string };
  expect(message).not.toBe('');
  await expect(slot.getByText(message)).toBeVisible();
  await expect(slot.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  await slot.getByRole('button', { name: 'Dismiss' }).click();
  await expect(slot.getByRole('button', { name: 'Dismiss' })).toBeHidden();
  // The browser notes the refusal in its console; that was the point.
  complaints.length = 0;

  await file.setInputFiles({
    name: 'sea.png',
    mimeType: 'image/png',
    buffer: makePng({ width: 96, height: 64 }, 1, {}),
  });
  await expect(slot.getByRole('img', { name: 'The reference image' })).toBeVisible();
  await expect(slot.getByText('96 × 64')).toBeVisible();
  await generate(page, 'the same, in winter');
  await expect(stage(page).getByRole('img', { name: /in winter/ })).toBeVisible({ timeout: 20_000 });
  const classes = Object.values(comfyui.promptsSeen[0]?.graph ?? {}).map((node) => node.class_type);
  expect(classes).toContain('LoadImage');
});

test('no broken picture is left where Easel dies under a live preview', async ({
  page,
  start,
  comfyui,
  complaints,
}) => {
  comfyui.settings.stepMs = 250;
  const easel = await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } });
  await open(page, easel);
  await page.keyboard.press('q');
  await generate(page, 'a candle in the wind');
  const previews = page.locator('img[src^="/previews/"]');
  await expect(previews.first()).toBeVisible();
  // The news of the next one arrives, and the picture itself does not any more.
  await page.route('**/previews/**', (route) => route.abort());
  await expect(previews).toHaveCount(0);
  await expect(stage(page).getByText(/Sampling, step/)).toBeVisible();
  easel.process.kill('SIGKILL');
  await expect(page.getByText('Easel is not answering')).toBeVisible();
  const broken = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map(({ src }) => src),
    );
  expect(await broken()).toEqual([]);
  // The browser notes what failed in its console; that was the point.
  await page.goto('about:blank');
  complaints.length = 0;
});

test.describe('on a dark desktop', () => {
  test.use({ colorScheme: 'dark' });

  test('the light theme, once chosen, stays over a reload', async ({ page, start }) => {
    const easel = await start();
    await page.goto(easel.url);
    const root = page.locator('html');
    await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await page.getByRole('button', { name: 'Colour scheme' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light');
    // The page's own memory is there for the first paint only; the setting is what counts.
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light');
  });
});

test('a library that can’t be opened says why, and another folder can be opened instead', async ({
  page,
  place,
  start,
  complaints,
}) => {
  const broken = join(place.library, '..', 'not-a-folder');
  writeFileSync(broken, 'a file');
  const easel = await start({ library: false, environment: { EASEL_LIBRARY: broken } });
  await page.goto(easel.url);
  await expect(page.getByRole('heading', { name: 'The library can’t be opened' })).toBeVisible();
  await expect(page.getByText(/is a file/)).toBeVisible();
  const answered = page.waitForResponse(/openLibrary/);
  await page.getByRole('button', { name: 'Try again' }).click();
  expect((await answered).status()).toBe(503);
  await expect(page.getByText(/is a file/)).toBeVisible();
  // The browser notes the refusal in its console; that was the point.
  complaints.length = 0;
  await page.getByRole('textbox', { name: 'Library folder' }).fill(place.library);
  await page.getByRole('button', { name: 'Open this folder' }).click();
  await expect(stage(page)).toBeVisible();
  await generate(page, 'a new beginning');
  await expect(stage(page).getByRole('img', { name: /a new beginning/ })).toBeVisible({ timeout: 20_000 });
});

/** Whatever can be scrolled sideways: the page, or any box in it. */
const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const scrolls = element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
        return scrolls && element.scrollWidth > element.clientWidth;
      })
      .map((element) => `${element.tagName}.${element.className}`),
  );

for (const [width, height] of [
  [900, 700],
  [560, 800],
  [360, 740],
] as const) {
  test.describe(`in a window of ${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });

    test('nothing scrolls sideways, and Generate stays visible', async ({ page, start, comfyui }) => {
      comfyui.settings.stepMs = 5;
      await open(page, await start({ environment: { EASEL_COMFYUI_URL: comfyui.url } }));
      const button = page.getByRole('button', { name: /^Generate/ });
      await expect(button).toBeInViewport({ ratio: 1 });
      await generate(page, 'a long row of poplars, '.repeat(20));
      await expect(stage(page).getByRole('img', { name: /poplars/ })).toBeVisible({ timeout: 20_000 });
      await page.getByRole('button', { name: 'Sampling' }).click();
      await expect(button).toBeInViewport({ ratio: 1 });
      for (const view of ['Create', 'Gallery', 'Providers', 'Settings']) {
        await page.getByRole('button', { name: view, exact: true }).click();
        expect(await sideways(page), view).toEqual([]);
        await page.keyboard.press('q');
        await expect(drawer(page)).toBeVisible();
        expect(await sideways(page), `${view} with the queue`).toEqual([]);
        await page.getByRole('button', { name: 'Close the queue' }).click();
      }
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(button).toBeInViewport({ ratio: 1 });
    });
  });
}
