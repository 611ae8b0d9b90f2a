import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousProblems } from './accessible.ts';
import { expect, test } from './easel-page.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Styles' });
const openStyles = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).focus();
  await page.keyboard.press('Control+Shift+S');
  await expect(dialog(page).getByRole('textbox', { name: 'Search styles' })).toBeFocused();
};
/** By the system's own dialogue, as a person does it. */
const importFile = async (page: Page, path: string): Promise<void> => {
  const asked = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Import' }).press('Enter');
  const chooser = await asked;
  expect(chooser.isMultiple()).toBe(false);
  await chooser.setFiles(path);
};
const exportAs = async (page: Page, format: RegExp): Promise<{ name: string; text: string }> => {
  await dialog(page).getByRole('button', { name: 'Export' }).press('Enter');
  const downloaded = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format }).press('Enter');
  const download = await downloaded;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
};

test('styles come from a file of another program, are used, and leave in every format', async ({
  page,
  start,
  place,
}) => {
  const easel = await start();
  await openStyles(page, easel.url);
  await expect(dialog(page).getByRole('button', { name: 'Export' })).toBeDisabled();
  const csv = 'name,prompt,negative_prompt\r\nWoodcut,"{prompt}, woodcut, bold lines",photo\r\nGouache,gouache,""\r\n';
  const path = join(place.data, 'styles.csv');
  writeFileSync(path, csv);
  await importFile(page, path);
  await expect(page.getByText('Took 2 styles from the file.')).toBeVisible();
  const own = dialog(page).getByRole('button', { name: 'Woodcut', exact: true });
  await own.press('Space');
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  expect(await seriousProblems(page)).toEqual([]);

  expect(await exportAs(page, /AUTOMATIC1111/)).toEqual({ name: 'styles.csv', text: csv });
  const fooocus = await exportAs(page, /Fooocus/);
  expect(fooocus.name).toBe('fooocus-styles.json');
  expect(JSON.parse(fooocus.text)).toEqual([
    { name: 'Woodcut', prompt: '{prompt}, woodcut, bold lines', negative_prompt: 'photo' },
    { name: 'Gouache', prompt: 'gouache', negative_prompt: '' },
  ]);
  const whole = await exportAs(page, /Easel/);
  expect(whole.name).toBe('easel-styles.json');
  expect(JSON.parse(whole.text)).toMatchObject({ version: 1, styles: [{ id: 'woodcut' }, { id: 'gouache' }] });

  // What left comes back; a name that is taken gets a number, and what was chosen stays so.
  const again = join(place.data, 'again.json');
  writeFileSync(again, whole.text);
  await importFile(page, again);
  await expect(dialog(page).getByRole('button', { name: 'Gouache (2)', exact: true })).toBeVisible();
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Remove the style Woodcut' })).toBeVisible();
});

test('a file that is none says where it is broken, and changes nothing', async ({ page, start, place, complaints }) => {
  const easel = await start();
  await openStyles(page, easel.url);
  const path = join(place.data, 'broken.json');
  writeFileSync(path, '[{"name": "Woodcut",\n  "prompt": }]');
  await importFile(page, path);
  await expect(page.getByText(/broken JSON in line 2/)).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Woodcut', exact: true })).toHaveCount(0);
  // The browser tells of the refusal.
  expect(complaints.splice(0).every((words) => words.includes('status of 400'))).toBe(true);
  // The same file once more, mended: a browser tells nothing of a file that is chosen twice unless the field is emptied.
  writeFileSync(path, '[{"name": "Woodcut",\n  "prompt": "woodcut"}]');
  await importFile(page, path);
  await expect(dialog(page).getByRole('button', { name: 'Woodcut', exact: true })).toBeVisible();
});
