import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What keeps people out, as axe sees the page with nothing under the mouse. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0);
  return seriousProblemsAsItIs(page);
}

/** The same, wherever the mouse is. */
export async function seriousProblemsAsItIs(page: Page): Promise<string[]> {
  // Colours are judged at rest, not half-way through a transition.
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
