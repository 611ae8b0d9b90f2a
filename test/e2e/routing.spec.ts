import type { Locator, Page } from '@playwright/test';
import { seriousProblems } from './accessible.ts';
import { expect, generate } from './easel-page.ts';
import { test } from './two-services.ts';

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });
const routeLine = (page: Page): Locator => page.getByRole('button', { name: /^Why\?/ });
const reasoning = (page: Page): Locator => page.getByRole('dialog', { name: 'Who does it, and why' });
const stage = (page: Page): Locator => page.getByRole('region', { name: 'Result' });
const card = (page: Page, name: string): Locator => page.getByRole('article', { name });

async function openRouting(page: Page): Promise<void> {
  await button(page, 'Settings').click();
  await page.getByRole('tab', { name: 'Routing and money' }).click();
  await expect(page.getByRole('heading', { name: 'Strategy' })).toBeVisible();
}

async function pick(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('several providers: Easel finds who does it, says why, and heeds what is wished', async ({
  page,
  start,
  services,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await expect(page.getByRole('button', { name: /^Model/ })).toContainText('Automatic');
  await expect(routeLine(page)).toContainText(/^(fal|Runware) · /);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a fox');

  // The reasoning by keyboard: open, read, close, and the keyboard is where it was.
  await routeLine(page).focus();
  await page.keyboard.press('Enter');
  await expect(reasoning(page).getByRole('listitem')).toHaveCount(2);
  await expect(reasoning(page)).toContainText('Fixed order: Asks your own servers first');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(reasoning(page)).toBeHidden();
  await expect(routeLine(page)).toBeFocused();

  // Wishes of this draft: nobody here is a machine of one's own.
  await page.getByRole('button', { name: /^Route/ }).click();
  const ownOnly = page.getByRole('switch', { name: 'My own machines only' });
  // By key: the form is still unfolding.
  await ownOnly.press('Space');
  await expect(ownOnly).toBeChecked();
  await expect(routeLine(page)).toContainText('No provider can do this');
  await expect(button(page, 'Generate')).toBeDisabled();
  expect(await seriousProblems(page)).toEqual([]);
  await page.reload();
  await expect(ownOnly).toBeChecked();
  await ownOnly.press('Space');
  await expect(button(page, 'Generate')).toBeEnabled();

  // Some providers alone, by keyboard.
  const only = page.getByRole('combobox', { name: 'Only these providers' });
  const choose = async (name: string): Promise<void> => {
    const option = page.getByRole('option', { name, exact: true });
    await only.focus();
    await expect(async () => {
      await page.keyboard.press('ArrowDown');
      await expect(option).toHaveAttribute('data-combobox-selected', 'true', { timeout: 200 });
    }).toPass();
    await page.keyboard.press('Enter');
  };
  await choose('Runware');
  await expect(routeLine(page)).toContainText(/^Runware · .*skipped fal: is not among the providers of this job/);
  await choose('fal');
  await expect(routeLine(page)).not.toContainText('skipped');
  expect(await seriousProblems(page)).toEqual([]);
  // The last one is taken back by key.
  await only.press('Backspace');
  await expect(routeLine(page)).toContainText('skipped fal');
  await page.getByRole('button', { name: /^Route/ }).press('Enter');
  await expect(page.getByRole('button', { name: /^Route/ })).toContainText('1 provider only');
});

test('the primary breaks: another one takes over, and everything says so', async ({
  page,
  start,
  services,
  runware,
}) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await openRouting(page);
  await pick(page, 'Primary provider', 'Runware');
  await page.getByRole('textbox', { name: 'Failures in a row' }).fill('1');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'First rest, seconds' }).fill('300');
  await page.keyboard.press('Enter');
  await button(page, 'Create').click();
  await expect(routeLine(page)).toContainText(/^Runware · /);

  runware.addFault({ on: 'pay', kind: 'status', status: 500 });
  await generate(page, 'a red bicycle');
  await expect(stage(page).getByRole('img', { name: /a red bicycle/ })).toBeVisible();
  await expect(routeLine(page)).toContainText(/^fal · .*; skipped Runware: cooling down \d/);

  // Both the result and the queue say who did it in the end, and for how much.
  await expect(stage(page)).toContainText(/Runware failed, fal took over.*fal · .*\$0\.\d+/);
  // An amount is never cut: the words beside it are.
  await page.setViewportSize({ width: 860, height: 800 });
  await expect(stage(page).getByText(/^(≈ )?\$0\.\d+$/)).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^Queue/ }).click();
  const done = page.getByRole('complementary', { name: 'Queue' }).getByRole('listitem').filter({ hasText: 'Done' });
  await expect(done).toContainText(/fal · (≈ )?\$0\.\d+ · .* · Runware failed, fal took over/);
  await button(page, 'Close the queue').click();

  await button(page, 'Gallery').click();
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer).toContainText('Fell back from Runware: server error');
  await expect(viewer).toContainText('Chosen by Fixed order');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await button(page, 'Providers').click();
  const system = page.getByRole('region', { name: 'State of all providers' });
  await expect(system).toContainText('Some are left alone');
  await expect(system).toContainText(/^(?!.*All is well).*No jobs go there for now: Runware\./);
  await expect(card(page, 'Runware').getByText('Left alone for now', { exact: true })).toBeVisible();
  await expect(card(page, 'Runware')).toContainText(/Left alone for .* more after failures: server error/);
  await button(card(page, 'Runware'), 'Health of Runware, details').click();
  await expect(card(page, 'Runware')).toContainText('1 attempt, 1 failed, 0 images');
  await button(card(page, 'Runware'), '1 error').click();
  expect(await seriousProblems(page)).toEqual([]);
  await button(card(page, 'Runware'), 'Reset: let Runware work at once').click();
  await expect(card(page, 'Runware')).not.toContainText('Left alone');
  await expect(system).toContainText('All 2 providers');
  await expect(button(card(page, 'Runware'), 'Health of Runware, details')).toBeFocused();

  // Gone altogether.
  await runware.close();
  await button(system, 'Check all now').click();
  await expect(system).toContainText('Some trouble');
  await expect(card(page, 'Runware').getByText('Not reachable', { exact: true })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await button(page, 'Create').click();
  await expect(routeLine(page)).toContainText('skipped Runware: not reachable');
});

test('everybody fails: each is listed with its reason', async ({ page, start, services, fal, runware }) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  for (const fake of [fal, runware]) fake.addFault({ on: 'pay', kind: 'status', status: 500 });
  await generate(page, 'a storm');
  await expect(stage(page)).toContainText('This one didn’t work', { timeout: 45_000 });
  await expect(stage(page).getByRole('listitem').filter({ hasText: 'fal: server error' })).toBeVisible();
  await expect(stage(page).getByRole('listitem').filter({ hasText: 'Runware: server error' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
});

test('a test picture says its price before it is made', async ({ page, start, services, fal }) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await button(page, 'Providers').click();
  await button(card(page, 'fal'), 'Test generation: fal').click();
  const asked = page.getByRole('dialog', { name: 'Test generation: fal' });
  await expect(asked).toContainText(/It costs ≈ \$0\.\d+/);
  expect(fal.charges).toHaveLength(0);
  await button(asked, 'Make it').click();
  await expect(page.getByRole('complementary', { name: 'Queue' }).getByText('Done')).toBeVisible();
  expect(fal.charges).toHaveLength(1);
});

test('routing is set by keyboard, and a cap stops what would pass it', async ({ page, start, services }) => {
  const easel = await start({ environment: services });
  await page.goto(easel.url);
  await openRouting(page);
  // Nobody is the primary: what happens then is said, and where one is chosen is a key away.
  const fixed = page.getByRole('radio', { name: /^Fixed order/ });
  await expect(fixed).toHaveAccessibleDescription(/own servers first, .*: no primary provider is chosen\.$/);
  expect(await seriousProblems(page)).toEqual([]);
  await button(page, 'Choose a primary provider').press('Enter');
  await expect(page.getByRole('combobox', { name: 'Primary provider' })).toBeFocused();
  for (const name of ['fal', 'Runware']) await pick(page, 'Add a fallback', name);
  await expect(fixed).toHaveAccessibleDescription(/^Asks the fallbacks in their order/);
  // The last one is added, and the keyboard is still there.
  await expect(page.getByRole('combobox', { name: 'Add a fallback' })).toBeFocused();
  await expect(page.getByRole('radiogroup', { name: 'Strategy' })).toBeVisible();
  await button(page, 'Move Runware, number 2 of 2. Arrow keys move it.').focus();
  await page.keyboard.press('ArrowUp');
  await expect(button(page, 'Move Runware, number 1 of 2. Arrow keys move it.')).toBeFocused();
  await expect(page.getByText('Runware is now number 1 of 2.')).toBeAttached();

  await page.getByRole('radio', { name: /^Fixed order/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Take turns/ })).toBeChecked();

  const day = page.getByRole('textbox', { name: 'Each day' });
  const longest = page.getByRole('textbox', { name: 'Longest rest, seconds' });
  await longest.fill('5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The longest rest can’t be shorter than the first.').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(longest).toHaveValue('600');
  await day.fill('0.0001');
  await page.keyboard.press('Enter');
  await expect(page.getByText('$0.00 of $0.0001 spent today')).toBeVisible();
  const job = page.getByRole('textbox', { name: 'Each job' });
  await job.fill('0.5');
  await page.keyboard.press('Enter');
  const hint = page.getByText('The cap of a job never comes into play: the day’s is lower.');
  await expect(hint).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await job.fill('');
  await page.keyboard.press('Enter');
  await expect(hint).toBeHidden();
  expect(await seriousProblems(page)).toEqual([]);

  await page.reload();
  await expect(day).toHaveValue('$0.0001');
  await expect(page.getByRole('radio', { name: /^Take turns/ })).toBeChecked();
  await button(page, 'Create').click();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a fox');
  const limit = /^Your cap of \$0\.0001 a day is too low: the cheapest now is (fal|Runware), .*\$0\.\d+\.$/;
  await expect(routeLine(page)).toHaveText(limit);
  await expect(button(page, 'Generate')).toBeDisabled();
  expect(await seriousProblems(page)).toEqual([]);
  await routeLine(page).click();
  const reasons = page.getByRole('dialog', { name: 'No provider can do this' });
  await expect(reasons).toContainText(/: it would cost ≈ \$/);
  // The heading names the provider already.
  await expect(reasons).not.toContainText(/fal, |Runware, /);
  await page.keyboard.press('Escape');

  // The button can't be pressed; the keys say why.
  await page.keyboard.press('ControlOrMeta+Enter');
  const told = page.getByRole('alert').filter({ hasText: limit });
  await expect(told).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await button(told, 'Close').click();
  await expect(told).toHaveCount(0);
  await button(page, 'Change cap').click();
  await expect(day).toBeVisible();
});

test('what the environment decides is shown with its variable and can’t be changed', async ({
  page,
  start,
  services,
}) => {
  const environment = { ...services, SERVICE_ROUTING_STRATEGY: 'fastest', PRIMARY_IMAGE_PROVIDER: 'fal' };
  const easel = await start({ environment });
  await page.goto(easel.url);
  await openRouting(page);
  await expect(page.getByRole('radio', { name: /^Fastest/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^Cheapest/ })).toBeDisabled();
  await expect(page.getByText('Set by SERVICE_ROUTING_STRATEGY for this run.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Primary provider' })).toBeDisabled();
  await expect(page.getByText('Set by PRIMARY_IMAGE_PROVIDER for this run.')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  await button(page, 'Providers').click();
  await expect(card(page, 'fal')).toContainText('Set by EASEL_FAL_URL for this run. It cannot be changed here.');
  await expect(button(card(page, 'fal'), 'Change the address of fal')).toHaveCount(0);
});
