import { expect, test } from './easel-page.ts';

test('the pages of the settings are found by what they are about', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
  for (const [word, heading] of [
    ['price', 'What models cost'],
    ['caps', 'Caps'],
    ['routing', 'Strategy'],
  ] as const) {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByPlaceholder('What would you like to do?').fill(word);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
  }
});

test('the list of shortcuts knows those of every place, wherever it is opened', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Help and shortcuts' }).click();
  const list = page.getByRole('dialog', { name: 'Shortcuts' });
  for (const [place, labels] of [
    ['Create', ['Generate', 'Generate, in front of the queue']],
    ['Viewer', ['Take the prompt into the editor', 'Take the size into the editor']],
    ['Compare', ['Left picture is better', 'Both are bad']],
  ] as const) {
    const section = list.locator('section').filter({ has: page.getByRole('heading', { name: place, exact: true }) });
    for (const label of labels) await expect(section.getByText(label, { exact: true })).toHaveCount(1);
  }
});
