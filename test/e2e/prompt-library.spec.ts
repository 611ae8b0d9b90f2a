import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { seriousProblems } from './accessible.ts';
import { expect, generate, test } from './easel-page.ts';

const modKey = process.platform === 'darwin' ? 'Meta' : 'Control';

const openPage = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press(`${modKey}+3`);
  await page.getByRole('tab', { name }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
};
/** Sends prompts one after the other and waits until each has its picture. */
const send = async (page: Page, prompts: readonly string[], picture?: RegExp): Promise<void> => {
  for (const prompt of prompts) {
    await generate(page, prompt);
    await expect(page.getByRole('img', { name: picture ?? new RegExp(prompt) }).first()).toBeVisible();
  }
};

test('a prompt is found in the history, looked at with its picture and taken up again, by keyboard', async ({
  page,
  start,
}) => {
  const easel = await start();
  await page.goto(easel.url);
  await send(page, ['a red bicycle', 'a lighthouse at dusk', 'a green bicycle']);

  await page.getByRole('textbox', { name: 'Prompt', exact: true }).focus();
  await page.keyboard.press(`${modKey}+Shift+F`);
  const search = page.getByRole('searchbox', { name: 'Search the history' });
  await expect(search).toBeFocused();
  const found = page.getByRole('listbox', { name: 'Prompts that were sent' }).getByRole('option');
  await expect(found).toHaveCount(3);
  await page.keyboard.type('bicycle');
  await expect(found).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(found.filter({ hasText: 'a red bicycle' })).toHaveAttribute('aria-selected', 'true');
  const details = page.getByRole('region', { name: 'The chosen prompt' });
  await expect(details).toContainText('a red bicycle');
  await details.getByRole('button', { name: 'Open picture 1 of 1' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Viewer' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Prompts that were sent' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('a red bicycle');

  // Forgetting asks first, and Escape is a no.
  await page.keyboard.press(`${modKey}+K`);
  await page.keyboard.type('search the history');
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await search.fill('nothing of the kind');
  await expect(page.getByText('No prompt has “nothing of the kind” in it.')).toBeVisible();
  await search.fill('');
  await expect(found).toHaveCount(3);
  await page.getByRole('button', { name: 'Forget', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(found).toHaveCount(3);
  await page.getByRole('button', { name: 'Forget', exact: true }).press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(found).toHaveCount(2);
  await page.getByRole('button', { name: 'Forget all' }).press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No prompt was sent yet' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'No prompt was sent yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Create a picture' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
});

test('a prompt is kept, changed, brought back to what it was, deleted and undeleted', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await openPage(page, 'Saved');
  await expect(page.getByRole('heading', { name: 'Nothing saved yet' })).toBeVisible();
  await page.getByRole('button', { name: 'New' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The name must not be empty.')).toBeVisible();
  await page.keyboard.type('Cat portrait');
  await page.getByRole('combobox', { name: 'Folder' }).fill('animals/home');
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a ${colour=grey} cat on a sofa');
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  const details = page.getByRole('region', { name: 'The chosen prompt' });
  await expect(details).toContainText('Asks for: colour');
  await expect(page.getByRole('option', { name: /Cat portrait/ })).toContainText('Template');
  await expect(page.getByRole('listbox', { name: 'Saved prompts' })).toContainText('animals/home');

  await details.getByRole('button', { name: 'Edit or move' }).press('Enter');
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a ${colour=grey} cat on an old chair');
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await expect(details).toContainText('old chair');
  await details.getByRole('button', { name: '2 versions' }).press('Enter');
  const newest = details.getByRole('listitem').first();
  await expect(newest.locator('ins')).toContainText('an old chair');
  await expect(newest.locator('del')).toContainText('a sofa');
  await details.getByRole('button', { name: 'Restore version 1' }).press('Enter');
  await expect(details.getByRole('button', { name: '3 versions' })).toBeVisible();
  await expect(details).toContainText('on a sofa');

  await details.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing saved yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(details).toContainText('on a sofa');
  await details.getByRole('button', { name: 'Use in the editor' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(
    'a ${colour=grey} cat on a sofa',
  );
});

test('a button that is pressed while a page is read is still the one that stands there afterwards', async ({
  page,
  start,
}) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  const pages = [
    { name: 'Saved', path: 'saved', button: 'Import', opens: page.getByRole('heading', { name: 'Import prompts' }) },
    { name: 'Wildcards', path: 'wildcards', button: 'New', opens: page.getByRole('textbox', { name: 'Name' }) },
  ];
  for (const { name, path, button, opens } of pages) {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route(`**/rpc/prompts/${path}`, async (route) => {
      await asked;
      await route.continue();
    });
    await openPage(page, name);
    await expect(page.getByLabel('Reading')).toBeVisible();
    const early = await page.getByRole('button', { name: button }).elementHandle();
    await early.focus();
    answer();
    await expect(page.getByLabel('Reading')).toBeHidden();
    expect(await early.evaluate((element) => element === document.activeElement), name).toBe(true);
    await page.keyboard.press('Enter');
    await expect(opens).toBeVisible();
  }
});

test('prompts come from a file, with what is wrong in it by name', async ({ page, start, place, complaints }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await openPage(page, 'Saved');
  await expect(page.getByRole('heading', { name: 'Nothing saved yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Import' }).press('Enter');
  const file = (name: string, content: string): string => {
    const path = join(place.data, '..', name);
    writeFileSync(path, content);
    return path;
  };
  const choose = page.locator('input[type="file"]');
  await choose.setInputFiles(file('wrong.csv', 'text\na fox\n'));
  await page.getByRole('button', { name: 'Save them all' }).press('Enter');
  await expect(page.getByText('one of them has to be called "prompt"')).toBeVisible();
  // The browser tells of each refusal.
  expect(complaints.splice(0).every((words) => words.includes('status of 400'))).toBe(true);
  await choose.setInputFiles(file('good.csv', 'name,folder,prompt\nFox,zoo,a fox\nOwl,zoo,"an owl, at night"\n'));
  await page.getByRole('button', { name: 'Save them all' }).press('Enter');
  await expect(page.getByText('2 prompts were saved, 0 were there already.')).toBeVisible();
  await expect(page.getByRole('option', { name: /Owl/ })).toContainText('an owl, at night');

  // What is kept is searched, and leaves as a file again.
  const kept = page.getByRole('listbox', { name: 'Saved prompts' }).getByRole('option');
  const search = page.getByRole('searchbox', { name: 'Search the saved prompts' });
  await search.fill('zoo night');
  await expect(kept).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'The chosen prompt' })).toContainText('an owl, at night');
  await search.press('ArrowDown');
  await expect(page.getByRole('listbox', { name: 'Saved prompts' })).toBeFocused();
  await search.fill('a cat');
  await expect(page.getByText('No saved prompt has “a cat” in it.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The chosen prompt' })).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await search.fill('');
  await expect(kept).toHaveCount(2);
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  const downloaded = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).press('Enter');
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('easel-prompts.csv');
  expect(readFileSync(await download.path(), 'utf8')).toBe(
    'folder,name,prompt,negative_prompt\r\nzoo,Fox,a fox,""\r\nzoo,Owl,"an owl, at night",""\r\n',
  );
});

test('a list is added up before it is queued, and its problems have their lines', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await openPage(page, 'Queue a list');
  const lines = page.getByRole('textbox', { name: 'Or type or paste them, one a line' });
  await lines.fill('a fox\n__no_such_file__\na hen');
  await expect(page.getByText(/^Line 2: There is no wildcard/)).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Queue', exact: true })).toBeDisabled();
  await lines.fill('a fox\na hen in {snow|rain}\n# a note\na crow');
  const plan = page.getByRole('region', { name: 'What it comes to' });
  await expect(plan).toContainText('Jobs3Images3Costfree');
  await page.getByRole('button', { name: 'Queue 3 jobs' }).press('Enter');
  await expect(page.getByText('3 jobs were queued.')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Queue' })).toBeVisible();
  await expect(lines).toHaveValue('');
  await openPage(page, 'History');
  await expect(page.getByRole('listbox', { name: 'Prompts that were sent' }).getByRole('option')).toHaveCount(3, {
    timeout: 15_000,
  });
});

test('a wildcard is written, drawn from, removed and brought back', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await openPage(page, 'Wildcards');
  await page.getByRole('button', { name: 'New' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('pets/small');
  await page.getByRole('textbox', { name: 'Options, one a line' }).fill('hamster');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  const row = page.getByRole('option', { name: /pets\/small/ });
  await expect(row).toContainText('1 option');
  // What was not saved is still there after another was looked at.
  const options = page.getByRole('textbox', { name: 'Options, one a line' });
  await options.fill('hamster\nmouse');
  await page
    .getByRole('option', { name: /animals/ })
    .first()
    .click();
  await expect(options).not.toHaveValue(/hamster/);
  await expect(row).toContainText('changes not saved');
  await row.click();
  await expect(options).toHaveValue('hamster\nmouse');
  await page.getByRole('button', { name: 'Discard changes' }).press('Enter');
  await expect(options).toHaveValue('hamster');
  await page.getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(row).toContainText('1 option');

  await page.keyboard.press(`${modKey}+1`);
  await generate(page, 'a __pets/small__ asleep');
  await expect(page.getByRole('img', { name: /hamster asleep/ }).first()).toBeVisible();
  // The queue tells of the same, folded away.
  await page.getByRole('button', { name: 'Queue', exact: true }).press('Enter');
  const queue = page.getByRole('complementary', { name: 'Queue' });
  await queue.getByRole('button', { name: 'What happened' }).press('Enter');
  await queue.getByRole('button', { name: 'What became of the prompt in try 1' }).press('Enter');
  await expect(queue.getByText('Wildcard __pets/small__ → hamster')).toBeVisible();
  await queue.getByRole('button', { name: 'Use this one: Filled in' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('a hamster asleep');
  await page.getByRole('button', { name: 'Close the queue' }).press('Enter');
  // What was typed, what was drawn, and the way back to it.
  await page.keyboard.press(`${modKey}+2`);
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer.getByText('Wildcard __pets/small__ → hamster')).toBeVisible();
  await expect(viewer.locator('ins')).toContainText('hamster');
  await viewer.getByRole('button', { name: 'Use this one: Filled in' }).press('Enter');
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await expect(prompt).toHaveValue('a hamster asleep');
  await page.keyboard.press(`${modKey}+2`);
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  await viewer.getByRole('button', { name: 'Use this one: As typed' }).press('Enter');
  await expect(prompt).toHaveValue('a __pets/small__ asleep');
});

test('a draft that another text took the place of comes back whole', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await send(page, ['a red bicycle']);
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  const count = page.getByRole('textbox', { name: 'Images' });
  await prompt.fill('my own, unsent words');
  await count.fill('3');
  // The key is faster than what it needs to know.
  await page.route('**/rpc/library/image', async (route) => {
    await setTimeout(300);
    await route.continue();
  });
  const undo = page.getByRole('button', { name: 'Undo' });
  const bringBack = async (): Promise<void> => {
    await expect(prompt).toHaveValue('a red bicycle');
    await undo.press('Enter');
    await expect(prompt).toHaveValue('my own, unsent words');
    await expect(count).toHaveValue('3');
    await expect(undo).toBeHidden();
  };

  for (const key of ['p', 'a', 'r']) {
    await page
      .getByRole('region', { name: 'Result' })
      .getByRole('button', { name: /^Open the image/ })
      .first()
      .press('Enter');
    await expect(page.getByRole('dialog', { name: 'Viewer' })).toBeVisible();
    await page.keyboard.press(key);
    if (key === 'a') await expect(count).toHaveValue('1');
    await bringBack();
  }
  await openPage(page, 'History');
  await page.getByRole('button', { name: 'Use in the editor' }).press('Enter');
  await bringBack();
});

test('axe finds nothing serious in the prompt library, and nothing scrolls sideways', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  await openPage(page, 'History');
  expect(await seriousProblems(page), 'no history').toEqual([]);
  await page.keyboard.press(`${modKey}+1`);
  await send(page, ['a {red|blue} bicycle'], /a (red|blue) bicycle/);
  await openPage(page, 'History');
  await expect(page.getByRole('option')).toHaveCount(1);
  expect(await seriousProblems(page), 'history').toEqual([]);
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  expect(await seriousProblems(page), 'question').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save …' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bicycles');
  expect(await seriousProblems(page), 'form').toEqual([]);
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect(page.getByRole('option', { name: /Bicycles/ })).toBeVisible();
  expect(await seriousProblems(page), 'saved').toEqual([]);
  await openPage(page, 'Wildcards');
  await page.getByRole('option').first().click();
  await expect(page.getByRole('textbox', { name: 'Options, one a line' })).toBeVisible();
  expect(await seriousProblems(page), 'wildcards').toEqual([]);
  await openPage(page, 'Queue a list');
  await page.getByRole('textbox', { name: 'Or type or paste them, one a line' }).fill('a fox\n__none__');
  await expect(page.getByText(/^Line 2/)).toBeVisible();
  expect(await seriousProblems(page), 'list').toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const name of ['History', 'Saved', 'Wildcards', 'Queue a list']) {
    await openPage(page, name);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, name).toBeLessThanOrEqual(360);
  }
});
