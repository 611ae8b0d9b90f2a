import type { Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { seriousProblems } from './accessible.ts';
import { expect, test as base } from './easel-page.ts';

const test = base.extend<{ readonly ollama: FakeOllama }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  ollama: async ({}, use) => {
    const fake = await startFakeOllama({ settings: { answerMs: 1500 } });
    await use(fake);
    await fake.close();
  },
});

const field = (page: Page) => page.getByRole('textbox', { name: 'Prompt', exact: true });
/** Everything here is done by keyboard. */
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const things = [
  'lighthouse',
  'harbour',
  'fisherman',
  'red boat',
  'wooden pier',
  'heron',
  'storm',
  'lantern',
  'net',
  'rope',
];
const looks = [
  'weathered',
  'glowing',
  'misty',
  'golden',
  'ancient',
  'silent',
  'towering',
  'rusty',
  'painted',
  'distant',
];

/** 4,000 characters that say something new in each clause. */
function longPrompt(length: number): string {
  let text = '<lora:detail:0.8> ';
  for (let at = 0; text.length < length; at += 1)
    text += `a ${looks[at % 10] ?? ''} ${things[Math.floor(at / 10) % 10] ?? ''} number ${at} in the evening light, `;
  return text.slice(0, length - 1) + '.';
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(field(page)).toBeVisible();
  await press(page, 'e');
  await expect(field(page)).toBeFocused();
}

test('a prompt of 4,000 characters is shortened in sight, compared, accepted and brought back', async ({
  page,
  start,
  ollama,
}) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await open(page, easel.url);
  const long = longPrompt(4_000);
  await page.keyboard.insertText(long);
  await expect(page.getByText('4,000 characters')).toBeVisible();
  await expect(page.getByText(/Longer than 2,999 characters: .* by gpt-oss:20b of Ollama/)).toBeVisible();

  await press(page, 'Control+Shift+O');
  const running = page.getByRole('region', { name: 'Shortening the prompt' });
  await expect(running).toBeVisible();
  const written = running.getByRole('region', { name: 'Written so far' });
  await expect(written).toContainText('lighthouse');
  await expect(field(page)).toHaveValue(long);

  const panel = page.getByRole('region', { name: 'Shortened prompt' });
  await expect(panel.getByText(/By gpt-oss:20b in .* of the key concepts kept/)).toBeVisible();
  await expect(panel.locator('del').first()).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await expect(panel.getByRole('button', { name: 'Accept' })).toBeFocused();
  await expect(panel.getByRole('button', { name: 'Accept' })).toBeInViewport({ ratio: 1 });
  await press(page, 'Enter');
  await expect(field(page)).toBeFocused();
  const short = await field(page).inputValue();
  expect(short.length).toBeLessThan(3_000);
  expect(short).toContain('<lora:detail:0.8>');
  await press(page, 'Control+z');
  await expect(field(page)).toHaveValue(long);
});

test('the model is stopped by Escape, and rules go on where Ollama is killed in the middle', async ({
  page,
  start,
  ollama,
}) => {
  ollama.settings.answerMs = 20_000;
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await open(page, easel.url);
  const long = longPrompt(4_000);
  await page.keyboard.insertText(long);
  await press(page, 'Control+Shift+O');
  const running = page.getByRole('region', { name: 'Shortening the prompt' });
  await expect(running.getByRole('region', { name: 'Written so far' })).toContainText('lighthouse');
  await press(page, 'Escape');
  await expect(running).toBeHidden();
  await expect(field(page)).toBeFocused();
  await expect.poll(() => ollama.chats.at(-1)?.state).toBe('closed');

  await press(page, 'Control+Shift+O');
  await expect(running.getByRole('region', { name: 'Written so far' })).toContainText('lighthouse');
  await ollama.close();
  const panel = page.getByRole('region', { name: 'Shortened prompt' });
  await expect(panel.getByText(/By rules on this machine, without a model/)).toBeVisible();
  await expect(panel.getByText(/Ollama/)).toBeVisible();
  await press(page, 'Enter');
  expect((await field(page).inputValue()).length).toBeLessThan(3_000);
});

test('findings, weights and former prompts are reached by key, and undone', async ({ page, start }) => {
  const easel = await start();
  await open(page, easel.url);
  await page.keyboard.insertText('a red fox in the the snow (at dusk');
  await expect(page.getByText('2 things to look at')).toBeVisible();
  expect(await page.locator('[data-mark="repeated"]').first().textContent()).toBe('the');
  await press(page, 'Control+Home', 'F8', 'Control+Period');
  await expect(field(page)).toHaveValue('a red fox in the snow (at dusk');
  await press(page, 'F8', 'Control+Period');
  await expect(field(page)).toHaveValue('a red fox in the snow at dusk');
  await press(page, 'Control+z');
  await expect(field(page)).toHaveValue('a red fox in the snow (at dusk');
  await press(page, 'Control+z', 'Control+Home');
  await expect(field(page)).toHaveValue('a red fox in the the snow (at dusk');

  await press(page, 'Control+a');
  await page.keyboard.insertText('red fox');
  await press(page, 'Control+Home', 'Control+Shift+ArrowRight', 'Control+ArrowUp', 'Control+ArrowUp');
  await expect(field(page)).toHaveValue('(red:1.1) fox');
  await press(page, 'Control+ArrowDown', 'Control+ArrowDown');
  await expect(field(page)).toHaveValue('red fox');
  await press(page, 'Control+z');
  await expect(field(page)).toHaveValue('(red:1.05) fox');

  await press(page, 'Control+End', 'Control+Shift+ArrowLeft', 'Control+Shift+L');
  await expect(page.locator('[data-mark="locked"]')).toHaveText('fox');
  await page.getByRole('button', { name: 'No longer keep word for word: fox' }).focus();
  await press(page, 'Backspace');
  await expect(page.locator('[data-mark="locked"]')).toHaveCount(0);
  await field(page).focus();

  for (const prompt of ['first prompt', 'second prompt']) {
    await press(page, 'Control+a');
    await page.keyboard.insertText(prompt);
    await press(page, 'Control+Enter');
    await expect(page.getByRole('button', { name: `Open the image: ${prompt}` })).toBeVisible();
    await field(page).focus();
  }
  await press(page, 'Control+a');
  await page.keyboard.insertText('what I was writing');
  await press(page, 'Alt+ArrowUp');
  await expect(field(page)).toHaveValue('second prompt');
  await press(page, 'Alt+ArrowUp');
  await expect(field(page)).toHaveValue('first prompt');
  await press(page, 'Alt+ArrowDown');
  await expect(field(page)).toHaveValue('second prompt');
  await press(page, 'Alt+ArrowDown');
  await expect(field(page)).toHaveValue('what I was writing');
});

test('findings are fixed one after the other from the list, and all at once', async ({ page, start }) => {
  const easel = await start();
  await open(page, easel.url);
  const text = 'a red fox in the the snow (at dusk by by a barn';
  await page.keyboard.insertText(text);
  await page.getByRole('button', { name: /3 things to look at/ }).focus();
  await press(page, 'Enter');
  const list = page.getByRole('region', { name: 'To look at' });
  const fixes = list.getByRole('button', { name: /^Fix: / });
  await expect(fixes).toHaveCount(3);
  for (const button of await fixes.all()) {
    const box = await button.boundingBox();
    const words = await button.locator('.mantine-Button-label').boundingBox();
    expect(box?.width).toBeGreaterThan((words?.width ?? 0) + 10);
  }
  await list.getByRole('button', { name: 'Fix: “the” is there twice.' }).focus();
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('a red fox in the snow (at dusk by by a barn');
  await expect(fixes).toHaveCount(2);
  await expect(fixes.first()).toBeFocused();
  await press(page, 'Enter');
  await expect(fixes).toHaveCount(1);
  await expect(fixes.first()).toBeFocused();
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('a red fox in the snow at dusk by a barn');
  await expect(list).toBeHidden();
  await expect(field(page)).toBeFocused();

  await press(page, 'Control+a');
  await page.keyboard.insertText(text);
  await list.getByRole('button', { name: 'Fix all' }).focus();
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('a red fox in the snow at dusk by a barn');
  await expect(field(page)).toBeFocused();
  await press(page, 'Control+z');
  await expect(field(page)).toHaveValue(text);
});

test('wildcards are completed at the caret and drawn for a preview, and variables have fields', async ({
  page,
  start,
  place,
  complaints,
}) => {
  const easel = await start();
  await open(page, easel.url);
  await page.keyboard.type('a __ani');
  const list = page.getByRole('listbox', { name: 'Wildcards' });
  await expect(list.getByRole('option', { name: 'animals' })).toBeVisible();
  await expect(list.getByRole('option', { selected: true })).toHaveText('animals');
  const [listed, written] = [await list.boundingBox(), await field(page).boundingBox()];
  expect(listed?.y).toBeGreaterThan(written?.y ?? 0);
  expect(listed?.y).toBeLessThan((written?.y ?? 0) + 60);
  expect(await seriousProblems(page)).toEqual([]);
  await press(page, 'Escape');
  await expect(list).toBeHidden();
  await page.keyboard.type('m');
  await expect(list).toBeVisible();
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('a __animals__');
  await expect(list).toBeHidden();
  // Closed, it leaves Enter to the text.
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue('a __animals__\n');

  await page.keyboard.type('in ${where:a forest}');
  const preview = page.getByText(/^One draw gives: a [^]*in a forest$/);
  await expect(preview).toBeVisible();
  await page.getByRole('textbox', { name: 'where' }).focus();
  await page.keyboard.type('the snow');
  await expect(page.getByText(/^One draw gives: a [^]*in the snow$/)).toBeVisible();
  await field(page).focus();
  await press(page, 'Control+End');
  await page.keyboard.type(' __nothere__');
  await expect(page.getByText(/There is no wildcard file "nothere"/)).toBeVisible();
  const marks = page.locator('[data-mark="unknownWildcard"]');
  await expect(marks.filter({ hasText: '__nothere__' })).toBeVisible();

  // The nearest name mends it; one that is made while nobody looked is known when somebody comes back.
  await press(page, 'Control+Shift+ArrowLeft');
  await page.keyboard.insertText('__colrs__ __mine__');
  await expect(marks.filter({ hasText: '__colrs__' })).toBeVisible();
  await press(page, 'ArrowLeft');
  await press(page, 'F8');
  await press(page, 'Control+.');
  await expect(field(page)).toHaveValue(/__colors__ __mine__$/);
  await expect(marks.filter({ hasText: '__colors__' })).toHaveCount(0);
  await expect(marks.filter({ hasText: '__mine__' })).toBeVisible();
  mkdirSync(join(place.library, 'wildcards'), { recursive: true });
  writeFileSync(join(place.library, 'wildcards/mine.txt'), 'a hat\n');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(marks).toHaveCount(0);
  // The browser notes each refusal.
  const others = complaints.filter((words) => !words.endsWith('/rpc/prompts/resolve'));
  complaints.splice(0, complaints.length, ...others);
});

test('a style is looked at, chosen, made and taken away again', async ({ page, start }) => {
  const easel = await start();
  await open(page, easel.url);
  await page.keyboard.insertText('a lighthouse');
  await press(page, 'Control+Shift+S');
  const dialog = page.getByRole('dialog', { name: 'Styles' });
  await expect(dialog.getByRole('textbox', { name: 'Search styles' })).toBeFocused();
  await page.keyboard.type('watercolor');
  const style = dialog.getByRole('button', { name: 'Watercolor', exact: true });
  await expect(style.locator('svg').first()).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await style.focus();
  await press(page, 'Space');
  await expect(style).toHaveAttribute('aria-pressed', 'true');
  await dialog.getByRole('button', { name: 'Favourite: Watercolor' }).focus();
  await press(page, 'Space');
  await expect(dialog.getByRole('button', { name: 'Favourite: Watercolor' })).toHaveAttribute('aria-pressed', 'true');

  await dialog.getByRole('button', { name: 'New style' }).focus();
  await press(page, 'Enter');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Harbour mist');
  // What was written does not go by a slip: Escape asks, and a second one is a no.
  await press(page, 'Escape');
  await expect(dialog.getByRole('button', { name: 'Go on writing' })).toBeFocused();
  expect(await seriousProblems(page)).toEqual([]);
  await press(page, 'Escape');
  await expect(dialog.getByRole('button', { name: 'Go on writing' })).toBeHidden();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Harbour mist');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Terms', exact: true }).focus();
  await page.keyboard.type('harbour mist, soft greys');
  await dialog.getByRole('textbox', { name: 'Name' }).focus();
  await press(page, 'Enter');
  const own = dialog.getByRole('button', { name: 'Harbour mist', exact: true });
  await expect(own).toBeVisible();
  await dialog.getByRole('button', { name: 'More about Harbour mist' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('menuitem', { name: 'Change' })).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeFocused();
  await press(page, 'Enter');
  await expect(own).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await press(page, 'Enter');
  await expect(own).toBeVisible();

  await own.focus();
  await press(page, 'Escape');
  await expect(dialog).toBeHidden();
  await expect(field(page)).toBeFocused();
  const chip = page.getByRole('button', { name: 'Remove the style Watercolor' });
  await expect(chip).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await chip.focus();
  await press(page, 'Delete');
  await expect(chip).toBeHidden();
});

test('what a draft keeps and the model takes no part of is told', async ({ page, start }) => {
  const easel = await start();
  const draft = {
    prompt: 'a grey fox',
    negativePrompt: 'blurry, text',
    promptOptions: { locked: ['red fox', 'grey'] },
  };
  await open(page, easel.url);
  await page.evaluate(
    (state) => localStorage.setItem('easel-draft', JSON.stringify({ state: { draft: state }, version: 1 })),
    draft,
  );
  await page.reload();
  await expect(page.getByRole('button', { name: /red fox\. It is not in the prompt/ })).toContainText(
    'not in the prompt',
  );
  await expect(page.getByRole('button', { name: 'No longer keep word for word: grey', exact: true })).toBeVisible();
  const note = page.getByRole('button', { name: 'Negative prompt kept, but this model takes none' });
  await note.focus();
  await press(page, 'Enter');
  await expect(page.getByRole('region', { name: 'Negative prompt' })).toHaveText('blurry, text');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear the negative prompt' }).press('Enter');
  await expect(note).toBeHidden();
});

test('an assistant writes only where a model is there, and asks before it changes anything', async ({
  page,
  start,
  ollama,
}) => {
  const easel = await start({ environment: { EASEL_OLLAMA_URL: ollama.url } });
  await open(page, easel.url);
  await page.keyboard.insertText('a lighthouse');
  await page.getByRole('button', { name: 'Assistants' }).focus();
  await press(page, 'Enter');
  await expect(
    page.getByRole('menuitem', { name: /Describe the reference image.*Add a reference image first/ }),
  ).toBeVisible();
  await page.getByRole('menuitem', { name: 'Expand' }).focus();
  expect(await seriousProblems(page)).toEqual([]);
  await press(page, 'Enter');
  const panel = page.getByRole('region', { name: 'Expand', exact: true });
  await expect(panel.locator('ins').first()).toContainText('golden hour light');
  await expect(field(page)).toHaveValue('a lighthouse');
  await press(page, 'Enter');
  await expect(field(page)).toHaveValue(/a lighthouse, golden hour light/);
  await press(page, 'Control+z');
  await expect(field(page)).toHaveValue('a lighthouse');
});

test('without a model the assistants say why they are off, and lead to where one is got', async ({ page, start }) => {
  // Nobody listens there.
  const easel = await start({ environment: { EASEL_OLLAMA_URL: 'http://127.0.0.1:9' } });
  await open(page, easel.url);
  await page.keyboard.insertText(longPrompt(4_000));
  await expect(
    page.getByText(/by rules on this machine, because gpt-oss:20b of Ollama can’t be used now/),
  ).toBeVisible();
  await press(page, 'Control+a');
  await page.keyboard.insertText('a lighthouse');
  await page.getByRole('button', { name: 'Assistants' }).focus();
  await press(page, 'Enter');
  const expand = page.getByRole('menuitem', { name: 'Expand' });
  await expect(expand).toHaveAttribute('aria-disabled', 'true');
  await expect(expand).toHaveAccessibleDescription(/Ollama/);
  // Once, above them all.
  await expect(page.getByRole('menu').getByText(/No Ollama answers/)).toHaveCount(1);
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'Get or choose a model …' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'How to get it' })).toBeVisible();
});
