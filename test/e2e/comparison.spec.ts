import type { Locator, Page } from '@playwright/test';
import { fakeEnvironment } from '../fake-environment.ts';
import { fakeBfl } from '../fakes/bfl/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { fakeOpenai } from '../fakes/openai/service.ts';
import { seriousProblemsAsItIs } from './accessible.ts';
import { expect, test as base } from './easel-page.ts';

const test = base.extend<{ readonly openai: Fake; readonly bfl: Fake; readonly url: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  openai: async ({}, use) => {
    const fake = await startFake(fakeOpenai, { stepMs: 20, largestSide: 256 });
    await use(fake);
    await fake.close();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  bfl: async ({}, use) => {
    const fake = await startFake(fakeBfl, { stepMs: 20, largestSide: 256 });
    await use(fake);
    await fake.close();
  },
  url: async ({ start, openai, bfl }, use) => {
    const easel = await start({ environment: { ...fakeEnvironment(openai), ...fakeEnvironment(bfl) } });
    await use(easel.url);
  },
});

const names = /OpenAI|GPT|Black Forest|FLUX/;
const models = [/^GPT Image 2, low quality/, /^FLUX\.2 \[pro\]/, /^FLUX1\.1 \[pro\] ≈/];
const main = (page: Page): Locator => page.getByRole('main');
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const pair = (page: Page): Locator => page.getByRole('group', { name: 'Which picture is better?' });
const prompt = (page: Page): Locator => page.getByRole('textbox', { name: 'Prompt', exact: true });
const card = (page: Page, name: RegExp): Locator => page.getByRole('listitem', { name });

async function openForm(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('Which model draws best for you?')).toBeVisible();
  for (const name of models) await expect(page.getByRole('checkbox', { name }).first()).toBeVisible();
}

async function startThree(page: Page, url: string): Promise<void> {
  await openForm(page, url);
  await prompt(page).fill('a lighthouse at dusk');
  for (const name of models) await page.getByRole('checkbox', { name }).first().check();
  await button(page, /^Compare 3 models/).click();
  await expect(page.getByText('Pair 1 of 3').first()).toBeVisible({ timeout: 20_000 });
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(target)}.`);
}

/** A verdict by key. One that comes too soon after another is taken for the same press. */
async function judge(page: Page, key: string): Promise<void> {
  await page.waitForTimeout(450);
  await page.keyboard.press(key);
}

test('three models are judged by mouse, and the score of the one that won moves', async ({
  page,
  url,
  openai,
  bfl,
}) => {
  await startThree(page, url);
  expect(openai.charges.length + bfl.charges.length).toBe(3);
  for (let now = 1; now <= 3; now += 1) {
    await expect(page.getByText(`Pair ${now} of 3`).first()).toBeVisible();
    await expect(pair(page).getByRole('img')).toHaveCount(2);
    await expect(pair(page).getByRole('img', { name: /^Picture [ABC]$/ })).toHaveCount(2);
    expect(await main(page).innerHTML()).not.toMatch(names);
    await page.waitForTimeout(450);
    await button(page, now === 3 ? /^Equally good/ : /^Left is better/).click();
  }
  await expect(page.getByRole('heading', { name: 'The names' })).toBeVisible();
  await expect(card(page, /GPT Image 2, low quality/).getByText('OpenAI')).toBeVisible();
  await expect(card(page, /GPT Image 2, low quality/).getByText(/^(≈ )?\$0\.\d+$/)).toBeVisible();
  await expect(page.getByText(/up \d+/).first()).toBeVisible();
  await expect(page.getByText(/down \d+/).first()).toBeVisible();
  await button(page, 'All comparisons').click();
  await expect(button(page, /a lighthouse at dusk.*3 votes/)).toBeVisible();
  const scores = page.getByRole('table', { name: 'Scores: All prompts' });
  await expect(scores.getByRole('row')).toHaveCount(4);
  const [best] = await scores.getByRole('row').nth(1).getByRole('cell').nth(2).allTextContents();
  expect(Number(best?.replace(',', ''))).toBeGreaterThan(1500);
  await page.getByRole('combobox', { name: 'Kind of prompt' }).click();
  await page.getByRole('option', { name: 'Photos' }).click();
  await expect(page.getByText('No votes for this kind of prompt yet.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Kind of prompt' }).click();
  await page.getByRole('option', { name: 'Landscapes' }).click();
  await expect(page.getByRole('table', { name: 'Scores: Landscapes' }).getByRole('row')).toHaveCount(4);
});

test('everything goes by keyboard alone: start, zoom, leave for later, vote', async ({ page, url }) => {
  await page.goto(url);
  await expect(prompt(page)).toBeVisible();
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'New comparison' })).toBeVisible();
  await tabTo(page, prompt(page));
  await page.keyboard.type('a lighthouse at dusk');
  for (const name of models.slice(1)) {
    await tabTo(page, page.getByRole('checkbox', { name }).first());
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Pair 1 of 1').first()).toBeVisible({ timeout: 20_000 });
  const left = pair(page).getByRole('img').first();
  await expect(left).toBeVisible();
  await page.keyboard.press('z');
  await expect(left).toHaveCSS('transform', /matrix\(3/);
  await page.keyboard.press('z');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible();
  await tabTo(page, button(page, /a lighthouse at dusk.*1 pair to judge/));
  await page.keyboard.press('Enter');
  await expect(pair(page)).toBeVisible();
  await judge(page, 'ArrowRight');
  await expect(page.getByRole('heading', { name: 'The names' })).toBeVisible();
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go to compare');
  await page.keyboard.press('Enter');
  await expect(button(page, /a lighthouse at dusk.*1 vote/)).toBeVisible();
});

test('each key means its verdict, and a key that is held counts once', async ({ page, url }) => {
  await startThree(page, url);
  await expect(pair(page).getByRole('img')).toHaveCount(2);
  await page.waitForTimeout(450);
  await page.keyboard.down('1');
  for (let repeats = 0; repeats < 20; repeats += 1) await page.keyboard.down('1');
  await page.keyboard.up('1');
  await expect(page.getByText('Pair 2 of 3').first()).toBeVisible();
  await page.waitForTimeout(300);
  await expect(page.getByText('Pair 2 of 3').first()).toBeVisible();
  await judge(page, '=');
  await expect(page.getByText('Pair 3 of 3').first()).toBeVisible();
  await judge(page, 'b');
  await expect(page.getByRole('heading', { name: 'The names' })).toBeVisible();
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
});

test('where a single model is in use, the way to a second one is shown', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('This is the only model in use, and a comparison needs two.')).toBeVisible();
  // What the search leaves is not all there is.
  await page.getByRole('textbox', { name: 'Search models' }).fill('sketch');
  await expect(page.getByText('This is the only model in use')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Search models' }).fill('');
  await page.getByRole('group', { name: 'Models' }).getByRole('button', { name: 'Providers' }).click();
  await expect(page.getByRole('heading', { name: 'Providers', exact: true })).toBeVisible();
});

test('a budget that is too small is told before anything is bought', async ({ page, url, openai, bfl }) => {
  await openForm(page, url);
  await prompt(page).fill('a lighthouse at dusk');
  for (const name of models) await page.getByRole('checkbox', { name }).first().check();
  await page.getByRole('textbox', { name: 'Spend at most' }).fill('0.01');
  await expect(page.getByText(/^Together ≈ \$0\.\d+, more than the \$0\.010 you set\.$/)).toBeVisible();
  await expect(button(page, /^Compare 3 models/)).toBeDisabled();
  expect([...openai.charges, ...bfl.charges]).toEqual([]);
});

test('one that failed is out, in words that name nobody, and the rest is judged', async ({ page, url, openai }) => {
  openai.addFault({ on: 'pay', kind: 'status', status: 401, times: 5, json: { error: { message: 'GPT says no' } } });
  await openForm(page, url);
  await prompt(page).fill('a lighthouse at dusk');
  for (const name of models) await page.getByRole('checkbox', { name }).first().check();
  await button(page, /^Compare 3 models/).click();
  await expect(page.getByText('Pair 1 of 1').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^Picture [ABC] is out: Its service did not accept the key\.$/)).toBeVisible();
  expect(await main(page).innerHTML()).not.toMatch(names);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('in a narrow window the pictures are one below the other, as wide as it is, and the verdicts stay in sight', async ({
  page,
  url,
}) => {
  await startThree(page, url);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(pair(page).getByRole('img')).toHaveCount(2);
  const [upper, lower] = await pair(page).getByRole('img').all();
  if (upper === undefined || lower === undefined) throw new Error('There are no two pictures.');
  const boxOf = async (element: Locator) => (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [above, below] = [await boxOf(upper), await boxOf(lower)];
  expect(above.width).toBeGreaterThan(320);
  expect(below.width).toBe(above.width);
  expect(below.y).toBeGreaterThanOrEqual(above.y + above.height);
  await lower.scrollIntoViewIfNeeded();
  await pair(page).focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await boxOf(lower)).y).toBeLessThan(below.y);
  for (const name of [/^Upper is better/, /^Equally good/, /^Both are bad/, /^Lower is better/])
    await expect(button(page, name)).toBeInViewport({ ratio: 1 });
  expect(await seriousProblemsAsItIs(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.waitForTimeout(450);
  await button(page, /^Lower is better/).click();
  await expect(page.getByText('Pair 2 of 3').first()).toBeVisible();
});

test('axe finds nothing serious in any state of a comparison', async ({ page, url }) => {
  await openForm(page, url);
  expect(await seriousProblemsAsItIs(page), 'empty').toEqual([]);
  await button(page, /^Queue/).click();
  await button(page, 'Pause: start no further job').click();
  await button(page, /^Queue/).click();
  await prompt(page).fill('a lighthouse at dusk');
  for (const name of models.slice(1)) await page.getByRole('checkbox', { name }).first().check();
  await button(page, /^Compare 2 models/).click();
  await expect(page.getByText('The queue is paused.')).toBeVisible();
  expect(await seriousProblemsAsItIs(page), 'making').toEqual([]);
  await button(page, 'Go on with the queue').click();
  await expect(page.getByText('Pair 1 of 1').first()).toBeVisible({ timeout: 20_000 });
  expect(await seriousProblemsAsItIs(page), 'voting').toEqual([]);
  await page.setViewportSize({ width: 900, height: 600 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(900);
  await expect(button(page, /^Right is better/)).toBeInViewport();
  await judge(page, '2');
  await expect(page.getByRole('heading', { name: 'The names' })).toBeVisible();
  expect(await seriousProblemsAsItIs(page), 'names').toEqual([]);
  await button(page, 'All comparisons').click();
  expect(await seriousProblemsAsItIs(page), 'list').toEqual([]);
});
