import type { Page } from '@playwright/test';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { seriousProblems } from './accessible.ts';
import { expect, test as base } from './easel-page.ts';

const modKey = process.platform === 'darwin' ? 'Meta' : 'Control';

/** Of several gigabytes, in two seconds. */
const test = base.extend<{ ollama: FakeOllama }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  ollama: async ({}, use) => {
    const fake = await startFakeOllama({
      models: ['gpt-oss:20b', 'gemma3:4b', 'nomic-embed-text', 'gpt-oss:120b-cloud'],
      settings: { pullMs: 2_000 },
    });
    fake.load('gpt-oss:20b');
    await use(fake);
    await fake.close();
  },
});

const openOllama = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await page.keyboard.press(`${modKey}+K`);
  await page.keyboard.type('go to ollama');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /Ollama/ })).toHaveAttribute('aria-selected', 'true');
};
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Models' }).getByRole('listitem').filter({ hasText: name });

test('models are shown, tested and deleted by keyboard', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openOllama(page, easel.url);
  await expect(page.getByText('Ollama is there')).toBeVisible();
  await expect(page.getByText('set by EASEL_OLLAMA_URL')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change the address of Ollama' })).toHaveCount(0);
  await expect(row(page, 'gpt-oss:20b')).toContainText('Loaded: 13.8 GB of memory, 100 % of it graphics memory');
  await expect(row(page, 'gemma3:4b')).toContainText('sees pictures');
  await expect(row(page, 'nomic-embed-text').getByRole('button', { name: /^Test/ })).toHaveCount(0);

  await page.getByRole('button', { name: 'Test gemma3:4b' }).press('Enter');
  await expect(row(page, 'gemma3:4b')).toContainText(/Answered after .* s, done after .* s\./);
  await expect(row(page, 'gemma3:4b')).toContainText('Loaded');

  const remove = page.getByRole('button', { name: 'Delete gemma3:4b' });
  await remove.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(remove).toBeFocused();
  expect(ollama.installed()).toContain('gemma3:4b');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row(page, 'gemma3:4b')).toHaveCount(0);
  expect(ollama.installed()).not.toContain('gemma3:4b');
  await expect(page.getByRole('heading', { name: 'Models' })).toBeFocused();
});

test('a pull shows its bytes, is cancelled, and goes on where it stopped', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openOllama(page, easel.url);
  await page.getByRole('textbox', { name: 'Name of the model' }).fill('llama3.2');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Models that are being downloaded' });
  await expect(list).toContainText(/[\d.]+ (MB|GB) of [\d.]+ GB/);
  // It goes on without anybody looking, and whoever comes back finds it.
  await page.keyboard.press(`${modKey}+1`);
  await page.keyboard.press(`${modKey}+5`);
  await page.getByRole('button', { name: 'Cancel: llama3.2' }).press('Enter');
  await expect(list).toContainText('Cancelled at');
  await page.getByRole('button', { name: 'Go on: llama3.2' }).press('Enter');
  await expect(row(page, 'llama3.2')).toBeVisible();
  await expect(list).toHaveCount(0);
  const pulls = ollama.requests.filter(({ path }) => path === '/api/pull');
  expect(pulls).toHaveLength(2);
});

test('a pull that broke says why, and can be tried again', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openOllama(page, easel.url);
  ollama.addFaults({ on: 'pull', kind: 'errorLine' });
  await page.getByRole('textbox', { name: 'Name of the model' }).fill('llama3.2');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Models that are being downloaded' });
  await expect(list).toContainText('Broken off at');
  await expect(list).toContainText('max retries exceeded');
  await page.getByRole('button', { name: 'Go on: llama3.2' }).press('Enter');
  await expect(row(page, 'llama3.2')).toBeVisible();
});

test('a model that runs elsewhere says so, and is used only after a yes', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openOllama(page, easel.url);
  const cloud = row(page, 'gpt-oss:120b-cloud');
  await expect(cloud).toContainText('leave this computer');
  await expect(cloud.getByRole('button', { name: /^Test/ })).toHaveCount(0);
  const writes = page.getByRole('combobox', { name: 'Writes and shortens' });
  await writes.press('Enter');
  await expect(page.getByRole('option', { name: 'gpt-oss:120b-cloud' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await cloud.getByRole('checkbox', { name: 'Allow Easel to use gpt-oss:120b-cloud' }).press('Space');
  await expect(cloud.getByRole('button', { name: /^Test/ })).toBeVisible();
  await writes.press('Enter');
  await expect(page.getByRole('option', { name: 'gpt-oss:120b-cloud' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(cloud.getByRole('checkbox')).toBeChecked();
});

test('where there is none it says how to get it, and finds it at another address', async ({ page, start, ollama }) => {
  const easel = await start();
  await openOllama(page, easel.url);
  await expect(page.getByText('Ollama is not there')).toBeVisible();
  await expect(page.getByRole('link', { name: /Download Ollama/ })).toHaveAttribute(
    'href',
    'https://ollama.com/download',
  );
  // Nothing that could not do anything.
  await expect(page.getByRole('heading', { name: 'Get a model' })).toHaveCount(0);
  await expect(page.getByRole('switch')).toHaveCount(0);
  await page.getByRole('button', { name: 'Change the address of Ollama' }).press('Enter');
  const address = page.getByRole('textbox', { name: 'Address' });
  await expect(address).toBeFocused();
  await address.fill('localhost');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/begins with http/)).toBeVisible();
  await address.fill(ollama.url);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ollama is there')).toBeVisible();
  await expect(page.getByText('entered here')).toBeVisible();
  await page.getByRole('textbox', { name: /Longest wait/ }).fill('90');
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(page.getByRole('textbox', { name: /Longest wait/ })).toHaveValue('90');
});

test('axe finds nothing serious, with Ollama and without', async ({ page, start, ollama }) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await openOllama(page, easel.url);
  await expect(row(page, 'gpt-oss:20b')).toBeVisible();
  expect(await seriousProblems(page), 'models').toEqual([]);
  await page.getByRole('textbox', { name: 'Name of the model' }).fill('llama3.2');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete gemma3:4b' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  expect(await seriousProblems(page), 'pull and question').toEqual([]);
  await page.getByRole('button', { name: 'Keep' }).click();
  await ollama.close();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('Ollama is not there')).toBeVisible();
  expect(await seriousProblems(page), 'not there').toEqual([]);
});
