import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { easelJson } from '../run-easel.ts';
import { seriousProblems } from './accessible.ts';
import { expect, generate, test as base } from './easel-page.ts';

const test = base.extend<{ ollama: FakeOllama }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  ollama: async ({}, use) => {
    const fake = await startFakeOllama({ models: ['gemma3:4b'], settings: { answerMs: 300 } });
    await use(fake);
    await fake.close();
  },
});

const openViewer = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await generate(page, 'a red fox');
  await page.getByRole('button', { name: 'Open the image: a red fox' }).click();
  await expect(page.getByRole('dialog', { name: 'Viewer' }).getByRole('img', { name: 'a red fox' })).toBeVisible();
};
const section = (page: Page) => page.getByRole('region', { name: 'Alternative text' });
const button = (page: Page, name: string) => section(page).getByRole('button', { name, exact: true });

test('an alternative text is written, said in every view, removed and brought back, by keyboard', async ({
  page,
  start,
  place,
}) => {
  const easel = await start();
  await openViewer(page, easel.url);
  await expect(section(page)).toContainText('None yet');
  await button(page, 'Write').press('Enter');
  await page.keyboard.type('A fox asleep in the snow.');
  await page.keyboard.press('Escape');
  await expect(button(page, 'Write')).toBeFocused();
  await expect(section(page)).toContainText('None yet');

  await page.keyboard.press('Enter');
  const field = section(page).getByRole('textbox', { name: 'What the picture shows' });
  await expect(field).toBeFocused();
  // Where there is little room, what is wrong and the buttons come into sight all the same.
  await page.setViewportSize({ width: 400, height: 760 });
  await field.fill('x'.repeat(1_001));
  await expect(section(page)).toContainText('1 character more than the 1,000');
  await expect(button(page, 'Save')).toBeDisabled();
  await expect(button(page, 'Save')).toBeInViewport();
  await page.setViewportSize({ width: 1440, height: 900 });
  await field.fill('A fox asleep in the snow.');
  await page.keyboard.press('Control+Enter');
  await expect(button(page, 'Change')).toBeFocused();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer.getByRole('img', { name: 'A fox asleep in the snow.' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  const { images } = await easelJson<{ images: { path: string; alt_text: string }[] }>(place, ['library', 'list']);
  expect(images[0]?.alt_text).toBe('A fox asleep in the snow.');
  const sidecar = (): string => readFileSync(join(place.library, `${images[0]?.path ?? ''}.xmp`), 'utf8');
  expect(sidecar()).toContain('A fox asleep in the snow.');

  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'A fox asleep in the snow.' })).toBeVisible();
  await page.getByRole('button', { name: 'Gallery' }).first().click();
  await expect(page.getByRole('option', { name: 'A fox asleep in the snow.' })).toBeVisible();

  await page.getByRole('option', { name: 'A fox asleep in the snow.' }).dblclick();
  await button(page, 'Remove').press('Enter');
  await expect(viewer.getByRole('img', { name: 'a red fox' })).toBeVisible();
  await expect.poll(sidecar).not.toContain('A fox asleep');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(section(page)).toContainText('A fox asleep in the snow.');
  await expect.poll(sidecar).toContain('A fox asleep');
});

test('a model offers an alternative text, which is kept only when it is used', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openViewer(page, easel.url);
  await button(page, 'Let a model describe it').press('Enter');
  await expect(section(page).getByText('Offered by gemma3:4b')).toBeVisible();
  expect(ollama.chats.at(-1)?.request.messages[0]?.content).toMatch(/alternative text/);
  expect(await seriousProblems(page)).toEqual([]);
  await expect(button(page, 'Use it')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(section(page)).toContainText('None yet');
  await expect(page.getByRole('dialog', { name: 'Viewer' })).toBeVisible();

  await button(page, 'Let a model describe it').press('Enter');
  await button(page, 'Change it first').press('Enter');
  const field = section(page).getByRole('textbox', { name: 'What the picture shows' });
  await expect(field).toHaveValue(/^a picture of \d+ bytes/);
  await page.keyboard.press('Escape');
  await expect(section(page)).toContainText('None yet');

  await button(page, 'Let a model describe it').press('Enter');
  await expect(button(page, 'Use it')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('img', { name: /^a picture of \d+ bytes/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(section(page)).toContainText('None yet');
});

test('where no model can look, it says what to do', async ({ page, start }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: 'http://127.0.0.1:9' } });
  await openViewer(page, easel.url);
  await button(page, 'Let a model describe it').press('Enter');
  await expect(section(page).getByText('The picture could not be described')).toBeVisible();
  await expect(section(page)).toContainText(/Ollama/);
  await button(page, 'Close').press('Enter');
  await expect(button(page, 'Write')).toBeFocused();
});
