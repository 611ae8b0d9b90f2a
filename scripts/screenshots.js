import { chromium } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { buildIfNeeded } from './build-if-needed.js';
import { chromiumArguments, findChromium } from './find-chromium.js';

/** `npm run screenshots`: every view, empty, full, busy and failed, light and dark, into docs/screenshots. */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs', 'screenshots');
const cli = join(root, 'out', 'easel', 'cli.js');
const prompts = [
  'a lighthouse at dusk, calm sea',
  'misty mountains at dawn',
  'a forest in autumn',
  'dunes under a red sun',
  'a city at night, neon',
  'a distant planet with rings',
  'marble, gold and blue',
  'stained glass, spring colours',
  'a winter forest at night',
  'ribbons of silk, crimson',
  'green hills in the morning',
  'a storm over the sea',
];

buildIfNeeded();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const work = join(tmpdir(), 'Easel pictures');
rmSync(work, { recursive: true, force: true });
const browser = await chromium.launch({
  executablePath: (await findChromium({ install: true })) ?? undefined,
  args: chromiumArguments,
});

const started = [];
async function start(words, environment = {}) {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [line] = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    once(child, 'exit').then(() => {
      throw new Error(`${words.join(' ')} did not start. Is its port taken?`);
    }),
  ]);
  return { child, ...JSON.parse(line) };
}
async function stop(child) {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
const easel = (words) => {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`easel ${words.join(' ')}: ${stderr}`);
};

/** A prompt with choices, what it came to, and the pages of the library. */
async function takePrompts(page, shot) {
  const open = (name) => page.getByRole('tab', { name }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a {red|blue} bicycle under __weather__');
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('img', { name: /a (red|blue) bicycle under/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page.getByRole('listbox').getByRole('option').first().dblclick();
  await page.getByText('From typed to sent').waitFor();
  await shot(page, 'viewer-prompt-stages');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Prompts', exact: true }).click();
  await open('History');
  await page.getByRole('option').first().waitFor();
  await shot(page, 'prompts-history');
  await page.getByRole('button', { name: 'Save …' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bicycles in any weather');
  await page.getByRole('combobox', { name: 'Folder' }).fill('street');
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  await page.getByRole('option', { name: /Bicycles/ }).waitFor();
  await shot(page, 'prompts-saved');
  await open('Wildcards');
  await page.getByRole('option').first().click();
  await shot(page, 'prompts-wildcards');
  await open('Queue a list');
  const lines = page.getByRole('textbox', { name: 'Or type or paste them, one a line' });
  await lines.fill(prompts.slice(0, 8).join('\n'));
  await page.getByRole('region', { name: 'What it comes to' }).waitFor();
  await shot(page, 'prompts-list');
  await open('History');
}

async function takeAll(scheme) {
  const place = join(work, scheme);
  const library = join(place, 'My pictures');
  const shot = async (page, name) => {
    // Fonts, thumbnails and transitions come to rest.
    await page.waitForTimeout(450);
    const path = join(folder, `${name}-${scheme}.webp`);
    await sharp(await page.screenshot())
      .webp({ quality: 86 })
      .toFile(path);
    process.stdout.write(`${path}\n`);
  };
  const open = async (url) => {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    await page.goto(url);
    return page;
  };
  const go = (page, view) => page.getByRole('button', { name: view, exact: true }).click();
  const typePrompt = (page, text) => page.getByRole('textbox', { name: 'Prompt', exact: true }).fill(text);
  const serve = (words, environment) =>
    start([cli, 'serve', '--no-open', '--json', '--port', '0', '--data', join(place, 'data'), ...words], environment);

  // A first start, with a ComfyUI on its usual port where that is free.
  const comfyui = await start([join(root, 'test/fakes/comfyui/main.ts'), '--port', '8188', '--step-ms', '700']);
  let served = await serve([]);
  let page = await open(served.url);
  await page.getByRole('textbox', { name: 'Library folder' }).fill(library);
  await page.getByText('ComfyUI').first().waitFor();
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.waitForTimeout(1500);
  await shot(page, 'first-run');
  await page.getByRole('button', { name: 'Start creating' }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
  await shot(page, 'create-empty');
  await go(page, 'Gallery');
  await shot(page, 'gallery-empty');
  await go(page, 'Prompts');
  await shot(page, 'prompts-empty');
  await page.close();
  await stop(served.child);

  for (const [index, prompt] of [...prompts, ...prompts].entries()) {
    const size = ['1024x1024', '1216x832', '832x1216'][index % 3];
    easel([
      'generate',
      prompt,
      '--provider',
      'builtin',
      '--size',
      size,
      '--seed',
      String(100 + index),
      '--quiet',
      '--library',
      library,
      '--data',
      join(place, 'data'),
    ]);
  }
  const ollama = await start([join(root, 'test/fakes/ollama/main.ts')]);
  served = await serve(['--library', library], { EASEL_COMFYUI_URL: comfyui.url, EASEL_OLLAMA_URL: ollama.url });
  page = await open(served.url);
  await page
    .getByText(/^ComfyUI · /)
    .first()
    .waitFor();
  await typePrompt(page, 'a lighthouse at dusk, calm sea');
  await shot(page, 'create-full');
  await go(page, 'Gallery');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await shot(page, 'gallery-full');
  await page.getByRole('listbox').getByRole('option').nth(2).dblclick();
  await page.getByRole('dialog', { name: 'Viewer' }).waitFor();
  await shot(page, 'viewer-full');
  await page.keyboard.press('Escape');
  await takePrompts(page, shot);
  await go(page, 'Providers');
  await shot(page, 'providers');
  await page.getByRole('tab', { name: /^Ollama/ }).click();
  await page.getByRole('heading', { name: 'Get a model' }).waitFor();
  await shot(page, 'ollama');
  await stop(ollama.child);
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('heading', { name: 'How to get it' }).waitFor();
  await shot(page, 'ollama-absent');
  await page.getByRole('tab', { name: 'Picture services' }).click();
  await go(page, 'Compare');
  await shot(page, 'compare-empty');
  await go(page, 'Costs');
  await page.getByRole('heading', { name: 'Costs', exact: true }).waitFor();
  await shot(page, 'costs');
  await go(page, 'Settings');
  await shot(page, 'settings');
  await page.getByRole('tab', { name: 'Routing and money' }).click();
  await shot(page, 'settings-routing');
  await page.getByRole('tab', { name: 'General' }).click();
  await go(page, 'Create');
  for (const prompt of ['a harbour in the rain', 'a harbour in the snow', 'a harbour at night']) {
    await typePrompt(page, prompt);
    await page.keyboard.press('Control+Enter');
  }
  await page.locator('img[src^="/previews/"]').first().waitFor();
  await page.waitForTimeout(2500);
  await shot(page, 'create-running');
  await page.getByRole('button', { name: /^Queue/ }).click();
  await shot(page, 'queue-full');
  await page.getByRole('button', { name: 'Close the queue' }).click();
  await page.keyboard.press('F1');
  await shot(page, 'help');
  await page.keyboard.press('Escape');

  // One that fails, then a ComfyUI that goes away.
  const fault = { on: 'run', kind: 'error', afterSteps: 3, message: 'mat1 and mat2 shapes cannot be multiplied' };
  await fetch(`${comfyui.url}/__fake/faults`, { method: 'POST', body: JSON.stringify({ ...fault, times: 3 }) });
  await page.getByText('This one didn’t work').waitFor({ timeout: 120_000 });
  await shot(page, 'create-failed');
  await stop(comfyui.child);
  await go(page, 'Providers');
  await page.getByRole('button', { name: 'Check now: ComfyUI' }).first().click();
  await page.waitForTimeout(1500);
  await shot(page, 'providers-unreachable');
  await page.close();
  await stop(served.child);

  // A library that can't be opened.
  const damaged = join(place, 'damaged');
  mkdirSync(damaged);
  writeFileSync(join(damaged, 'library.db'), 'no database '.repeat(100));
  served = await serve(['--library', damaged, '--quiet']);
  page = await open(served.url);
  await page.getByRole('heading').first().waitFor();
  await shot(page, 'library-problem');
  await page.close();
  await stop(served.child);
}

try {
  for (const scheme of ['dark', 'light']) await takeAll(scheme);
  const names = [...new Set(readdirSync(folder).map((name) => name.replace(/-(dark|light)\.webp$/, '')))].sort();
  const rows = names.map(
    (name) =>
      `| ${name.replaceAll('-', ' ')} | ![${name}, dark](${name}-dark.webp) | ![${name}, light](${name}-light.webp) |`,
  );
  writeFileSync(
    join(folder, 'README.md'),
    `# Every view, dark and light\n\nMade by \`npm run screenshots\`.\n\n| View | Dark | Light |\n|---|---|---|\n${rows.join('\n')}\n`,
  );
} finally {
  await browser.close();
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
