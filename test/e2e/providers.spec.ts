import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { startFake } from '../fakes/kit/start-fake.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { fakeOpenai } from '../fakes/openai/service.ts';
import { expect, generate, test as base } from './easel-page.ts';

const test = base.extend<{ readonly openai: Fake }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  openai: async ({}, use) => {
    const fake = await startFake(fakeOpenai, { stepMs: 20, largestSide: 256 });
    await use(fake);
    await fake.close();
  },
});

const goodKey = fakeOpenai.keys.apiKey ?? '';
const passphrase = 'correct horse battery';

const card = (page: Page): Locator => page.getByRole('article', { name: 'OpenAI' });
const keyField = (page: Page): Locator => card(page).getByRole('textbox', { name: 'OpenAI: API key' });
const storage = (page: Page): Locator => page.getByRole('region', { name: /^(Keys|The vault)/ });
const stage = (page: Page): Locator => page.getByRole('region', { name: 'Result' });
const drawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Queue' });
const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

async function openCard(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await button(page, 'Providers').click();
  await button(page, 'Add a key for OpenAI').click();
}

async function enterForSession(page: Page, key: string): Promise<void> {
  await keyField(page).fill(key);
  await button(card(page), 'For this session only').click();
}

/** Chooses a model of known price and goes to the editor. */
async function chooseModel(page: Page): Promise<void> {
  await button(page, 'Create').click();
  await page.getByRole('button', { name: /^Model/ }).click();
  await page.getByRole('textbox', { name: 'Search models' }).fill('image 2, low');
  await page.getByRole('option', { name: /^GPT Image 2, low quality(?!, any)/ }).click();
}

/** What is typed must be nowhere on the page afterwards, nor in what the browser keeps. */
async function expectNoKey(page: Page, key: string): Promise<void> {
  const kept = await page.evaluate(() => [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input')].map(({ value }) => value),
    JSON.stringify(Object.entries(localStorage)),
    JSON.stringify(Object.entries(sessionStorage)),
  ]);
  expect(kept.join('\n')).not.toContain(key);
}

async function seriousProblems(page: Page): Promise<string[]> {
  // Colours are judged at rest, not half-way through a transition.
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(target)}.`);
}

test('a key for this session: typed, tested, used for a picture that is in the gallery', async ({
  page,
  start,
  openai,
}) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  await expect(keyField(page)).toBeFocused();
  await enterForSession(page, goodKey);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await expect(card(page).getByText('ends in cdef')).toBeVisible();
  await expect(card(page).getByText('For this session only')).toBeVisible();
  await expect(button(card(page), 'Replace API key of OpenAI')).toBeFocused();
  await expectNoKey(page, goodKey);

  const asked = openai.requests.length;
  await button(card(page), 'Check now: OpenAI').click();
  await expect.poll(() => openai.requests.length).toBeGreaterThan(asked);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  expect(openai.charges).toEqual([]);

  await chooseModel(page);
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a lighthouse');
  await expect(page.getByText(/OpenAI · GPT Image 2, low quality, ≈ \$0\.0060/)).toBeVisible();
  await generate(page, 'a lighthouse');
  await expect(stage(page).getByRole('img', { name: /a lighthouse/ })).toBeVisible({ timeout: 20_000 });
  expect(openai.charges).toHaveLength(1);
  await button(page, 'Gallery').click();
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  const viewer = page.getByRole('dialog', { name: 'Viewer' });
  await expect(viewer).toContainText('in fine detail');
  await expect(viewer.locator('ins')).toContainText('in fine detail');
  await expect(viewer.getByText(/^(≈ )?\$0\.\d+ \((estimated|from the provider)\)$/)).toBeVisible();
});

test('a key that is to be kept: the passphrase is asked for in place, the vault locks and unlocks', async ({
  page,
  start,
  openai,
  complaints,
}) => {
  const environment = { EASEL_OPENAI_URL: openai.url };
  const first = await start({ environment });
  await openCard(page, first.url);
  await keyField(page).fill(goodKey);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('New passphrase')).toBeFocused();
  await page.getByLabel('New passphrase').fill('short');
  await page.keyboard.press('Enter');
  await expect(card(page).getByText('Use at least 8 characters.')).toBeVisible();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(card(page).getByText('Kept in the vault')).toBeVisible({ timeout: 20_000 });
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await expectNoKey(page, goodKey);
  await expectNoKey(page, passphrase);

  await button(storage(page), 'Lock').click();
  // The page stays where its user is.
  await expect(page.getByRole('heading', { name: 'The vault with your keys is locked' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'The vault with your keys is locked' })).toBeInViewport();
  await expect(card(page).getByText('Keys are locked', { exact: true })).toBeVisible();

  // Another start finds it locked, too.
  await page.goto('about:blank');
  await first.stop();
  const again = await start({ environment });
  await page.goto(again.url);
  await button(page, 'Providers').click();
  await storage(page).getByLabel('Passphrase').fill('not the passphrase');
  await button(storage(page), 'Unlock').click();
  await expect(storage(page).getByText(/does not open it/)).toBeVisible();
  await storage(page).getByLabel('Passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The vault with your keys is open' })).toBeVisible();
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  // The refused passphrase is a refused request to the browser.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('/rpc/keys/unlock')]);
});

test('keys leave and come back as an encrypted file', async ({ page, start, openai }) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await page.goto(easel.url);
  await button(page, 'Providers').click();
  await button(storage(page), 'Use a passphrase').click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await button(storage(page), 'Make the vault').click();
  await expect(page.getByRole('heading', { name: 'The vault with your keys is open' })).toBeVisible();
  await button(page, 'Add a key for OpenAI').click();
  await keyField(page).fill(goodKey);
  await button(card(page), 'Save').click();
  await expect(card(page).getByText('Kept in the vault')).toBeVisible();

  await button(storage(page), 'Export keys').click();
  await page.getByLabel('New passphrase').fill('of the bundle alone');
  await page.getByLabel('The same again').fill('of the bundle alone');
  const [download] = await Promise.all([page.waitForEvent('download'), button(storage(page), 'Save the file').click()]);
  const file = await download.path();

  // From the top of the page's own words, wherever it is scrolled to.
  const place = (): Promise<number> =>
    storage(page).evaluate(
      (panel) => panel.getBoundingClientRect().top - document.querySelector('h1')!.getBoundingClientRect().top,
    );
  const before = await place();
  await button(card(page), 'Remove API key of OpenAI').click();
  await button(card(page), 'Really remove API key of OpenAI').click();
  await expect(keyField(page)).toBeVisible();
  await expect(card(page).getByText('Needs a key')).toBeVisible();

  // Nothing moves away from under a pointer that is about to click, however late the page hears that nobody is in use now.
  await expect(page.getByRole('region', { name: 'State of all providers' })).toContainText('No provider is in use');
  expect(await place()).toBe(before);
  await button(storage(page), 'Import keys').click();
  await storage(page).locator('input[type="file"]').setInputFiles(file);
  await storage(page).getByLabel('Passphrase').fill('of the bundle alone');
  await button(storage(page), 'Import').click();
  await expect(storage(page).getByText('1 key was imported.')).toBeVisible();
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
});

test('a refused key is said in words and can be replaced', async ({ page, start, openai }) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  await enterForSession(page, 'sk-wrong-0123456789-abcdefgh');
  await expect(card(page).getByText('Key refused')).toBeVisible();
  await button(card(page), 'Replace API key of OpenAI').click();
  await expect(keyField(page)).toBeFocused();
  await enterForSession(page, goodKey);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await page.reload();
  // Those in use come first.
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await expect(button(page, 'Add a key for OpenAI')).toHaveCount(0);
});

test('may have been charged, by mouse: Check says what the provider knows, Give up ends it', async ({
  page,
  start,
  openai,
}) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  await enterForSession(page, goodKey);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await chooseModel(page);
  openai.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
  await generate(page, 'a storm');
  await expect(stage(page).getByRole('heading', { name: 'This one needs you' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: /^Queue/ }).click();
  await expect(drawer(page).getByRole('heading', { name: 'May have been charged' })).toBeVisible();
  await expect(button(drawer(page), 'Try again')).toHaveCount(0);
  await button(drawer(page), 'Check').click();
  await expect(drawer(page).getByText(/can't tell what became of it/)).toBeVisible();
  await button(drawer(page), 'What happened').click();
  await expect(drawer(page).getByText(/Answer lost, may have been charged/)).toBeVisible();

  // One press only warns; going elsewhere takes it back.
  await button(drawer(page), 'Send again').click();
  await expect(drawer(page).getByText(/it is charged twice/)).toBeVisible();
  await drawer(page).getByRole('heading', { name: 'Queue' }).click();
  await expect(button(drawer(page), 'Send again')).toBeVisible();
  await button(drawer(page), 'Give up').click();
  await expect(drawer(page).getByText(/^Cancelled/)).toBeVisible();
  expect(openai.charges).toHaveLength(1);
});

test('may have been charged, by keyboard: Send again takes a second press', async ({ page, start, openai }) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  await enterForSession(page, goodKey);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await chooseModel(page);
  openai.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
  await tabTo(page, page.getByRole('textbox', { name: 'Prompt', exact: true }));
  await page.keyboard.type('a storm at sea');
  await page.keyboard.press('Control+Enter');
  await expect(stage(page).getByRole('heading', { name: 'This one needs you' })).toBeVisible({ timeout: 20_000 });
  await tabTo(page, button(stage(page), 'Send again'));
  await page.keyboard.press('Enter');
  await expect(stage(page).getByText(/it is charged twice/)).toBeVisible();
  expect(openai.charges).toHaveLength(1);
  await page.keyboard.press('Escape');
  await expect(button(stage(page), 'Send again')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(stage(page), 'Send all the same')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stage(page).getByRole('img', { name: /a storm at sea/ })).toBeVisible({ timeout: 20_000 });
  expect(openai.charges).toHaveLength(2);
});

test('a price that rose is told, and the new one is sent only with a yes', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await generate(page, 'a bridge');
  await expect(stage(page).getByRole('img', { name: /a bridge/ })).toBeVisible({ timeout: 20_000 });
  let original: object | undefined;
  // Prices do not rise by themselves: the program's answer is changed on its way.
  await page.route('**/rpc/jobs/queue', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { json: { ended: object[] } };
    [original] = body.json.ended;
    const message = 'OpenAI now costs about $0.012 for this instead of $0.0060.';
    const error = { code: 'priceRose', message, details: { agreedUsd: 0.006, usd: 0.012 } };
    const ended = body.json.ended.map((job) => ({ ...job, state: 'needs_attention', error, imageIds: [] }));
    await route.fulfill({ response: answer, json: { ...body, json: { ...body.json, ended } } });
  });
  let sent = 0;
  await page.route('**/rpc/jobs/sendAgain', async (route) => {
    sent += 1;
    await route.fulfill({ json: { json: { ...original, state: 'queued' } } });
  });
  await page.reload();
  await expect(stage(page).getByRole('heading', { name: 'This one would cost more than agreed' })).toBeVisible();
  await page.getByRole('button', { name: /^Queue/ }).click();
  await expect(drawer(page).getByRole('heading', { name: 'It would cost more than agreed' })).toBeVisible();
  await expect(button(drawer(page), 'Check')).toHaveCount(0);
  await expect(button(drawer(page), 'Give up')).toBeVisible();
  await button(drawer(page), 'Send at $0.012').click();
  await expect(drawer(page).getByRole('heading', { name: 'It would cost more than agreed' })).toBeHidden();
  expect(sent).toBe(1);
});

test('a job whose provider went away says what it waits for', async ({ page, start, openai }) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  await enterForSession(page, goodKey);
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible();
  await chooseModel(page);
  await page.getByRole('button', { name: /^Queue/ }).click();
  await drawer(page).getByRole('button', { name: 'Pause: start no further job' }).click();
  await generate(page, 'a quiet harbour');
  await expect(drawer(page).getByText('a quiet harbour')).toBeVisible();
  await openai.close();
  await drawer(page).getByRole('button', { name: 'Go on' }).click();
  await expect(drawer(page).getByText(/^Waits for OpenAI/)).toBeVisible({ timeout: 30_000 });
});

test('without a key, the model picker names no service and leads to the providers', async ({ page, start }) => {
  const easel = await start();
  await page.goto(easel.url);
  await page.getByRole('button', { name: /^Model/ }).click();
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.getByRole('option', { name: 'Add a cloud service …' }).click();
  await expect(page.getByRole('heading', { name: 'Cloud services' })).toBeVisible();
});

test('axe finds nothing serious on the providers page, nor where an answer is wanted', async ({
  page,
  start,
  openai,
}) => {
  const easel = await start({ environment: { EASEL_OPENAI_URL: openai.url } });
  await openCard(page, easel.url);
  expect(await seriousProblems(page), 'a card that was opened').toEqual([]);
  await keyField(page).fill(goodKey);
  await button(card(page), 'Save').click();
  expect(await seriousProblems(page), 'the passphrase in place').toEqual([]);
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await button(card(page), 'Make the vault and save').click();
  await expect(card(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 });
  expect(await seriousProblems(page), 'ready').toEqual([]);
  await chooseModel(page);
  openai.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
  await generate(page, 'a storm');
  await expect(stage(page).getByRole('heading', { name: 'This one needs you' })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: /^Queue/ }).click();
  await button(drawer(page), 'Send again').click();
  expect(await seriousProblems(page), 'an answer is wanted').toEqual([]);
  await button(page, 'Providers').click();
  await button(storage(page), 'Lock').click();
  await expect(button(storage(page), 'Unlock')).toBeVisible();
  expect(await seriousProblems(page), 'locked').toEqual([]);
});
