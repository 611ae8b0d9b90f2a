import type { Page } from '@playwright/test';
import { makePng } from '../fakes/comfyui/pictures.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { seriousProblems } from './accessible.ts';
import { expect, test as base } from './easel-page.ts';

const test = base.extend<{ readonly ollama: FakeOllama }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  ollama: async ({}, use) => {
    const fake = await startFakeOllama({ models: ['gpt-oss:20b', 'gemma3:4b'], settings: { answerMs: 1500 } });
    await use(fake);
    await fake.close();
  },
});

const field = (page: Page) => page.getByRole('textbox', { name: 'Prompt', exact: true });
const describeIt = (page: Page) => page.getByRole('menuitem', { name: /Describe the reference image/ });

/** A picture as a person adds it, by the system's own dialogue. */
const addReference = async (page: Page): Promise<void> => {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Reference image:/ }).press('Enter');
  await (
    await asked
  ).setFiles({ name: 'sea.png', mimeType: 'image/png', buffer: makePng({ width: 96, height: 64 }, 1, {}) });
  await expect(page.getByRole('img', { name: 'The reference image' })).toBeVisible();
};
const openAssistants = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Assistants' }).press('Enter');
  await expect(describeIt(page)).toBeVisible();
};

test('a model that sees describes the reference image, and its words become the prompt only with a yes', async ({
  page,
  start,
  comfyui,
  ollama,
}) => {
  const easel = await start({ environment: { EASEL_COMFYUI_URL: comfyui.url, EASEL_OLLAMA_URL: ollama.url } });
  await page.goto(easel.url);
  await field(page).fill('what I wrote');
  await addReference(page);
  await openAssistants(page);
  await describeIt(page).press('Enter');
  // While it writes, what is there so far can be read, and the prompt is left alone.
  const running = page.getByRole('region', { name: 'Describing the reference image' });
  await expect(running).toContainText('gemma3:4b');
  await expect(running.getByRole('region', { name: 'Written so far' })).toContainText('a picture of');
  await expect(field(page)).toHaveValue('what I wrote');
  expect(await seriousProblems(page)).toEqual([]);

  const answer = page.getByRole('region', { name: 'Describe the reference image', exact: true });
  await expect(answer.getByRole('button', { name: 'Accept' })).toBeFocused();
  await expect(field(page)).toHaveValue('what I wrote');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(/^a picture of \d+ bytes, soft light/);
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(field(page)).toHaveValue('what I wrote');

  // It saw the picture as a small JPEG, and was the model that can.
  const { request } = ollama.chats.at(-1)!;
  expect(request.model).toBe('gemma3:4b');
  const [image] = request.messages.flatMap(({ images }) => images ?? []);
  expect(Buffer.from(image ?? '', 'base64').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});

test('a description that is not wanted any more is stopped, at the model too', async ({
  page,
  start,
  comfyui,
  ollama,
}) => {
  const easel = await start({ environment: { EASEL_COMFYUI_URL: comfyui.url, EASEL_OLLAMA_URL: ollama.url } });
  await page.goto(easel.url);
  await addReference(page);
  await openAssistants(page);
  await describeIt(page).press('Enter');
  const running = page.getByRole('region', { name: 'Describing the reference image' });
  await expect(running.getByRole('region', { name: 'Written so far' })).toContainText('a picture');
  await expect(running.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(running).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('');
  await expect.poll(() => ollama.chats.at(-1)?.state).toBe('closed');
});

test('where no model can see, it says which can be got', async ({ page, start, comfyui, ollama }) => {
  ollama.remove('gemma3:4b');
  const easel = await start({ environment: { EASEL_COMFYUI_URL: comfyui.url, EASEL_OLLAMA_URL: ollama.url } });
  await page.goto(easel.url);
  await addReference(page);
  await openAssistants(page);
  await expect(describeIt(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(describeIt(page)).toContainText(/see/);
  expect(await seriousProblems(page)).toEqual([]);
});
