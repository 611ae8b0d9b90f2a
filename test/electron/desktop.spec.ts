import type { BrowserWindow } from 'electron';
import { expect, test } from './electron-program.ts';

test('starts with one window that shows the interface', async ({ launch }) => {
  const { program, page } = await launch();
  expect(page.url()).toBe('app://easel/');
  await expect(page).toHaveTitle('Easel');
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  expect(program.windows()).toHaveLength(1);
});

test('generates a picture and shows it', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a red bicycle');
  await page.keyboard.press('ControlOrMeta+Enter');
  const picture = page.getByRole('img', { name: /a red bicycle/ }).first();
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
});

test('gives the page nothing of Node or Electron', async ({ launch }) => {
  const { program, page } = await launch();
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in window),
  );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { easelDesktop: unknown }).easelDesktop)).toBe(true);
  const window = await program.browserWindow(page);
  const preferences = await window.evaluate(({ webContents }: BrowserWindow) => {
    // Not in the types, but the only way to ask a running page.
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = (
      webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
});

test('runs no script but its own, and reaches no other place', async ({ launch }) => {
  const { page } = await launch();
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const reached = await fetch('https://example.com/').then(
      () => true,
      () => false,
    );
    return { injected: 'injected' in window, reached };
  });
  expect(outcome).toEqual({ injected: false, reached: false });
});

test('refuses to go elsewhere or to open windows', async ({ launch }) => {
  const { program, page } = await launch();
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toBeVisible();
  await page.evaluate(() => {
    window.open('https://example.com/');
    window.location.href = 'https://example.com/';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe('app://easel/');
  expect(program.windows()).toHaveLength(1);
});

test('opens again where it was', async ({ launch }) => {
  const bounds = { x: 60, y: 80, width: 1000, height: 700 };
  const first = await launch();
  const window = await first.program.browserWindow(first.page);
  await window.evaluate((shown: BrowserWindow, moved) => {
    shown.setBounds(moved);
  }, bounds);
  const left = await window.evaluate((shown: BrowserWindow) => shown.getNormalBounds());
  await first.program.close();
  const second = await launch();
  const again = await second.program.browserWindow(second.page);
  // Window managers may move a window by the width of its frame.
  const found = await again.evaluate((shown: BrowserWindow) => shown.getNormalBounds());
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(Math.abs(found[side] - left[side])).toBeLessThan(60);
});
